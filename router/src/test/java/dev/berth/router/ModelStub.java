package dev.berth.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.serving.http.Answer;
import dev.berth.serving.http.Handler;
import dev.berth.serving.http.HttpServer;
import dev.berth.serving.http.HttpServerOptions;
import dev.berth.serving.http.Request;
import java.util.concurrent.atomic.AtomicInteger;

/** A model server that answers with its name, and what it was asked. */
final class ModelStub implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();

  private ModelStub(Handler handler, int port) {
    server =
        HttpServer.start(
            HttpServerOptions.defaults().on("127.0.0.1", port).withThreads(1),
            request -> {
              requests.incrementAndGet();
              return handler.handle(request);
            });
  }

  static ModelStub named(String name) {
    return new ModelStub(_ -> text(200, name), 0);
  }

  static ModelStub named(String name, int port) {
    return new ModelStub(_ -> text(200, name), port);
  }

  static ModelStub answering(Handler handler) {
    return new ModelStub(handler, 0);
  }

  /** Tells what it was asked. */
  static Answer.Whole told(Request request) {
    StringBuilder told = new StringBuilder(request.method() + " " + request.target() + "\n");
    request
        .headers()
        .forEach(h -> told.append(h.getKey()).append('=').append(h.getValue()).append('\n'));
    return text(200, told + "\n" + request.body().toString(UTF_8));
  }

  static Answer.Whole text(int status, String text) {
    return Answer.of(status, "text/plain", text.getBytes(UTF_8));
  }

  int port() {
    return server.port();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  int requests() {
    return requests.get();
  }

  HttpServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
