package dev.berth.aot.image;

import com.sun.net.httpserver.HttpServer;
import dev.berth.aot.SampleModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a program needs for its rehearsal, and where it is asked. */
sealed interface Part extends AutoCloseable {
  /** The part of this name: {@code model-server} or {@code router}. */
  static Part of(String name, Path work) throws IOException {
    return switch (name) {
      case "model-server" -> ModelServer.prepare(work);
      case "router" -> Router.prepare(work);
      default -> throw new IllegalArgumentException("no part is called " + name);
    };
  }

  /** Arguments of the program, beside those that choose ports. */
  List<String> arguments();

  /** Where it takes invocations. */
  String path();

  @Override
  default void close() {}

  /** Serves the sample as the operator would have it. */
  record ModelServer(Path config) implements Part {
    static ModelServer prepare(Path work) throws IOException {
      Path model = work.resolve("model.ubj");
      Files.write(model, SampleModel.ubj());
      Path config = work.resolve("config.json");
      Files.writeString(
          config,
          """
          {"models": [{"name": "sample", "artifact": {"uri": "%s", "format": "XGBoost"},
            "features": [{"name": "a", "type": "Numeric"}, {"name": "b", "type": "Numeric"}],
            "output": {"select": "Prediction"},
            "goldenRecords": [{"contentType": "text/csv", "body": "%s", "expect": "%s",
              "tolerance": 0.001}]}]}
          """
              .formatted(model.toUri(), SampleModel.ROW, SampleModel.PREDICTION));
      return new ModelServer(config);
    }

    @Override
    public List<String> arguments() {
      return List.of("--config=" + config);
    }

    @Override
    public String path() {
      return "/invocations";
    }
  }

  /** Routes to a server that knows one answer. */
  record Router(Path table, HttpServer backend) implements Part {
    static Router prepare(Path work) throws IOException {
      HttpServer backend =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      backend.createContext(
          "/",
          exchange -> {
            byte[] answer = "0.5\n".getBytes(StandardCharsets.US_ASCII);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/csv");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      backend.start();
      Path table = work.resolve("table.json");
      Files.writeString(
          table,
          """
          {"routes": [{"endpoint": "sample", "namespace": "default", "generation": 1,
            "fleets": [{"name": "only", "variant": "only", "revision": "a", "service": "only",
              "weight": 1, "backends": ["127.0.0.1:%d"]}], "limits": {}}]}
          """
              .formatted(backend.getAddress().getPort()));
      return new Router(table, backend);
    }

    @Override
    public List<String> arguments() {
      return List.of("--table=" + table, "--name=rehearsal");
    }

    @Override
    public String path() {
      return "/endpoints/sample/invocations";
    }

    @Override
    public void close() {
      backend.stop(0);
    }
  }
}
