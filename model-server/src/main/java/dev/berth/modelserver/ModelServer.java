package dev.berth.modelserver;

import dev.berth.modelserver.config.ServerConfig;
import dev.berth.modelserver.config.ServerConfigReader;
import dev.berth.modelserver.failure.LoadFailure;
import dev.berth.modelserver.failure.TerminationLog;
import dev.berth.serving.cli.Flags;
import dev.berth.serving.cli.Given;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process: {@code ModelServer --config FILE | --model FILE}. Exits with 0 when told to stop, 2
 * for wrong flags, 3 when it can never start as configured, 4 when it could not start this time.
 */
public final class ModelServer {
  static final int EXIT_PERMANENT = 3;
  static final int EXIT_TRANSIENT = 4;

  private static final Logger log = LoggerFactory.getLogger(ModelServer.class);

  private static final Flags FLAGS =
      new Flags("berth serve", "Serves XGBoost models over HTTP and gRPC.", "config", "model")
          .value("config", "FILE", "Models to serve, as JSON.")
          .value("model", "FILE", "One model to serve, without golden records.")
          .value("port", "PORT", 8080, "Data port, 0 for a free one.")
          .value("admin-port", "PORT", 9090, "Admin port, 0 for a free one.")
          .value("grpc-port", "PORT", 8081, "gRPC port, 0 for a free one, -1 for none.")
          .value("host", "HOST", "0.0.0.0", "Address to listen on.")
          .value("port-file", "FILE", "Write the ports there, as JSON.")
          .value("termination-log", "FILE", "Write there, as JSON, why the start failed.")
          .toggle("exit-with-stdin", "Stop when standard input ends.")
          .value("lame-duck-seconds", "N", 2, "How long a stopping server still takes connections.")
          .value(
              "max-body-bytes",
              "N",
              104857600,
              "Largest request, or a sixth of the heap; routers hold an Endpoint's own limit.")
          .value("max-artifact-bytes", "N", 2147483648L, "Largest artifact, packed and unpacked.")
          .value(
              "artifact-retry-seconds", "N", 30, "How long fetching an artifact is tried again.");

  private final Given flags;

  /**
   * The exit code that a stopping process leaves with, unless something else asked for it to stop.
   */
  private volatile int exitCode;

  private ModelServer(Given flags) {
    this.flags = flags;
  }

  /** Runs until told to stop. */
  public static void main(String[] args) throws InterruptedException {
    System.exit(FLAGS.run(args, given -> new ModelServer(given).serve()));
  }

  private int serve() throws InterruptedException {
    try {
      run();
      return 0;
    } catch (LoadFailure failure) {
      log.error(
          "{}{}: {}",
          failure.model().isEmpty() ? "" : "model '" + failure.model() + "': ",
          failure.reason(),
          failure.getMessage());
      lastWords(failure);
      exitCode = failure.reason().permanent() ? EXIT_PERMANENT : EXIT_TRANSIENT;
      return exitCode;
    } catch (UncheckedIOException e) {
      log.error("cannot start", e);
      exitCode = EXIT_TRANSIENT;
      return exitCode;
    }
  }

  private void run() throws LoadFailure, InterruptedException {
    String host = flags.text("host").orElseThrow();
    ServerSettings settings =
        new ServerSettings(
            host,
            flags.number("port"),
            flags.number("admin-port"),
            flags.number("grpc-port"),
            flags.number("max-body-bytes"),
            flags.longNumber("max-artifact-bytes"),
            Duration.ofSeconds(flags.number("artifact-retry-seconds")),
            Duration.ofSeconds(flags.number("lame-duck-seconds")));
    Optional<Path> file = flags.path("config");
    ServerConfig config =
        file.isPresent()
            ? ServerConfigReader.read(file.get())
            : ServerConfigReader.ofFile(flags.path("model").orElseThrow());
    ModelService service = ModelService.start(config, settings);
    log.info(
        "listening on {} port {}, admin port {}, {}, by {}",
        host,
        service.port(),
        service.adminPort(),
        service.grpcPort().isPresent() ? "gRPC port " + service.grpcPort().getAsInt() : "no gRPC",
        service.transport());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(service), "drain"));
    if (flags.has("exit-with-stdin")) {
      Thread.ofPlatform().daemon().name("stdin").start(ModelServer::exitWithStdin);
    }
    Optional<Path> portFile = flags.path("port-file");
    if (portFile.isPresent()) {
      writePorts(service, portFile.get());
    }
    service.load();
    log.info("ready");
    new CountDownLatch(1).await();
  }

  /**
   * Runs when the process was told to stop, and ends it: a JVM that a signal stops would not exit
   * with 0.
   */
  private void leave(ModelService service) {
    try {
      if (exitCode != 0) {
        service.close();
      } else {
        log.info("stopping");
        log.info(service.drain() ? "stopped" : "stopped, with requests still running");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(exitCode);
    }
  }

  private static void exitWithStdin() {
    try {
      while (System.in.read() >= 0) {
        // Whatever is said there does not matter, only that it ends.
      }
    } catch (IOException e) {
      log.warn("standard input cannot be read: stopping", e);
    }
    System.exit(0);
  }

  private static void writePorts(ModelService service, Path portFile) {
    StringBuilder ports = new StringBuilder("{\"port\":").append(service.port());
    ports.append(",\"adminPort\":").append(service.adminPort());
    service.grpcPort().ifPresent(grpc -> ports.append(",\"grpcPort\":").append(grpc));
    ports.append("}\n");
    try {
      // Whoever waits for the file finds it whole or not at all.
      Path beside = portFile.resolveSibling(portFile.getFileName() + ".new");
      Files.writeString(beside, ports.toString());
      Files.move(
          beside, portFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + portFile, e);
    }
  }

  private void lastWords(LoadFailure failure) {
    Optional<Path> terminationLog = flags.path("termination-log");
    if (terminationLog.isEmpty()) {
      return;
    }
    try {
      TerminationLog.write(terminationLog.get(), failure);
    } catch (IOException e) {
      log.error("cannot write {}", terminationLog.get(), e);
    }
  }
}
