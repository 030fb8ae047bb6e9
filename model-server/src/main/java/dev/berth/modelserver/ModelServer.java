package dev.berth.modelserver;

import dev.berth.modelserver.config.ServerConfig;
import dev.berth.modelserver.config.ServerConfigReader;
import dev.berth.modelserver.failure.LoadFailure;
import dev.berth.modelserver.failure.TerminationLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The process: {@code ModelServer --config FILE | --model FILE}. Exits with 0 when told to stop, 2
 * for wrong flags, 3 when it can never start as configured, 4 when it could not start this time.
 */
@Command(
    name = "berth serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Serves XGBoost models over HTTP and gRPC.")
public final class ModelServer implements Callable<Integer> {
  static final int EXIT_PERMANENT = 3;
  static final int EXIT_TRANSIENT = 4;

  private static final Logger log = LoggerFactory.getLogger(ModelServer.class);

  /** What to serve: exactly one of the two. */
  static final class What {
    @Option(names = "--config", paramLabel = "FILE", description = "Models to serve, as JSON.")
    Path config;

    @Option(
        names = "--model",
        paramLabel = "FILE",
        description = "One model to serve, without golden records.")
    Path model;
  }

  @ArgGroup(multiplicity = "1")
  What what;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Data port, 0 for a free one (${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--admin-port",
      defaultValue = "9090",
      description = "Admin port, 0 for a free one (${DEFAULT-VALUE}).")
  int adminPort;

  @Option(
      names = "--grpc-port",
      defaultValue = "8081",
      description = "gRPC port, 0 for a free one, -1 for none (${DEFAULT-VALUE}).")
  int grpcPort;

  @Option(
      names = "--host",
      defaultValue = "0.0.0.0",
      description = "Address to listen on (${DEFAULT-VALUE}).")
  String host;

  @Option(
      names = "--port-file",
      paramLabel = "FILE",
      description = "Write the ports there, as JSON.")
  Path portFile;

  @Option(
      names = "--termination-log",
      paramLabel = "FILE",
      description = "Write there, as JSON, why the start failed.")
  Path terminationLog;

  @Option(names = "--exit-with-stdin", description = "Stop when standard input ends.")
  boolean exitWithStdin;

  @Option(
      names = "--lame-duck-seconds",
      defaultValue = "2",
      description = "How long a stopping server still takes connections (${DEFAULT-VALUE}).")
  int lameDuckSeconds;

  @Option(
      names = "--max-body-bytes",
      defaultValue = "104857600",
      description =
          "Largest request (${DEFAULT-VALUE}, or a sixth of the heap); routers hold an"
              + " Endpoint's own limit.")
  int maxBodyBytes;

  @Option(
      names = "--max-wait-millis",
      defaultValue = "100",
      description =
          "How much expensive work may wait, as the time in which all cores work it off; what"
              + " comes beyond is refused, 429 (${DEFAULT-VALUE}).")
  int maxWaitMillis;

  @Option(
      names = "--max-artifact-bytes",
      defaultValue = "2147483648",
      description = "Largest artifact, packed and unpacked (${DEFAULT-VALUE}).")
  long maxArtifactBytes;

  @Option(
      names = "--artifact-retry-seconds",
      defaultValue = "30",
      description = "How long fetching an artifact is tried again (${DEFAULT-VALUE}).")
  int artifactRetrySeconds;

  /**
   * The exit code that a stopping process leaves with, unless something else asked for it to stop.
   */
  private volatile int exitCode;

  /** Runs until told to stop. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ModelServer()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
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
    ServerConfig config =
        what.config != null
            ? ServerConfigReader.read(what.config)
            : ServerConfigReader.ofFile(what.model);
    ServerSettings settings =
        new ServerSettings(
            host,
            port,
            adminPort,
            grpcPort,
            maxBodyBytes,
            Duration.ofMillis(maxWaitMillis),
            maxArtifactBytes,
            Duration.ofSeconds(artifactRetrySeconds),
            Duration.ofSeconds(lameDuckSeconds));
    ModelService service = ModelService.start(config, settings);
    log.info(
        "listening on {} port {}, admin port {}, {}",
        host,
        service.port(),
        service.adminPort(),
        service.grpcPort().isPresent() ? "gRPC port " + service.grpcPort().getAsInt() : "no gRPC");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(service), "drain"));
    if (exitWithStdin) {
      Thread.ofPlatform().daemon().name("stdin").start(ModelServer::exitWithStdin);
    }
    writePorts(service);
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

  private void writePorts(ModelService service) {
    if (portFile == null) {
      return;
    }
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
    if (terminationLog == null) {
      return;
    }
    try {
      TerminationLog.write(terminationLog, failure);
    } catch (IOException e) {
      log.error("cannot write {}", terminationLog, e);
    }
  }
}
