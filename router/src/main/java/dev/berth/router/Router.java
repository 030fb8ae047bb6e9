package dev.berth.router;

import dev.berth.serving.cli.Flags;
import dev.berth.serving.cli.Given;
import dev.berth.serving.cli.WrongFlagException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The router's command line. */
public final class Router {
  private static final Logger log = LoggerFactory.getLogger(Router.class);

  private static final Flags FLAGS =
      new Flags(
              "berth route",
              "Splits traffic between the variants of endpoints.",
              "table",
              "kubernetes")
          .value("table", "FILE", "The route table, JSON; followed when it changes.")
          .toggle("kubernetes", "Follow the EndpointRoutes and EndpointSlices of one namespace.")
          .value(
              "namespace",
              "NS",
              "With --kubernetes: whose routes, if not those of the pod's namespace.")
          .value("name", "NAME", "Under which it acknowledges routes, if not the host's name.")
          .value("host", "HOST", "0.0.0.0", "Address to listen on.")
          .value("port", "PORT", 8080, "For requests; 0 takes a free one.")
          .value("admin-port", "PORT", 9090, "For probes and metrics; 0 takes a free one.")
          .value("grpc-port", "PORT", 8081, "For gRPC; 0 takes a free one, -1 none.")
          .value(
              "port-file",
              "FILE",
              "Where to write the chosen ports, as JSON: port, adminPort, grpcPort.")
          .toggle("exit-with-stdin", "Stop when standard input ends, as when the parent dies.")
          .value("lame-duck-seconds", "N", 2, "How long to answer on after a signal to stop.");

  private Router() {}

  /** Runs a router until it is told to stop; exits with 0 then. */
  public static void main(String[] args) throws Exception {
    int code = FLAGS.run(args, Router::route);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int route(Given flags) throws Exception {
    if (!flags.has("kubernetes") && flags.has("namespace")) {
      throw new WrongFlagException("--namespace goes with --kubernetes only");
    }
    Optional<String> name = flags.text("name");
    RouterProcess process =
        RouterProcess.start(
            new RouterOptions(
                flags.path("table"),
                flags.text("namespace"),
                name.isPresent() ? name.get() : hostName(),
                flags.text("host").orElseThrow(),
                flags.number("port"),
                flags.number("admin-port"),
                flags.number("grpc-port"),
                Duration.ofSeconds(flags.number("lame-duck-seconds"))));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "stop"));
    Optional<Path> portFile = flags.path("port-file");
    if (portFile.isPresent()) {
      writePorts(process, portFile.get());
    }
    if (flags.has("exit-with-stdin")) {
      Thread.ofPlatform().daemon().name("stdin").start(Router::exitWithStdin);
    }
    new CountDownLatch(1).await();
    return 0;
  }

  /** A JVM that a signal ends exits with 143, however well it stopped; halting with 0 says so. */
  private static void stop(RouterProcess process) {
    try {
      process.drain();
      Runtime.getRuntime().halt(0);
    } catch (InterruptedException | RuntimeException e) {
      log.error("stopped in disorder", e);
      Runtime.getRuntime().halt(1);
    }
  }

  private static void exitWithStdin() {
    try {
      long ignored = System.in.transferTo(java.io.OutputStream.nullOutputStream());
      log.info("standard input ended after {} bytes", ignored);
    } catch (IOException e) {
      log.info("standard input broke: {}", e.getMessage());
    }
    System.exit(0);
  }

  private static void writePorts(RouterProcess process, Path portFile) throws IOException {
    StringBuilder json = new StringBuilder();
    json.append("{\"port\":").append(process.port());
    json.append(",\"adminPort\":").append(process.adminPort());
    process.grpcPort().ifPresent(grpc -> json.append(",\"grpcPort\":").append(grpc));
    json.append("}\n");
    Path part = portFile.resolveSibling(portFile.getFileName() + ".part");
    Files.writeString(part, json);
    Files.move(part, portFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String hostName() throws UnknownHostException {
    String podName = System.getenv("HOSTNAME");
    return podName == null ? InetAddress.getLocalHost().getHostName() : podName;
  }
}
