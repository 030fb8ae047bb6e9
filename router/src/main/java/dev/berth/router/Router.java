package dev.berth.router;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The router's command line. */
@Command(
    name = "route",
    description = "Splits traffic between the variants of endpoints.",
    mixinStandardHelpOptions = true)
public final class Router implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(Router.class);

  /** Where the table comes from: one of the two. */
  private static final class Source {
    @Option(
        names = "--table",
        paramLabel = "FILE",
        description = "The route table, JSON; followed when it changes.")
    private Path table;

    @Option(
        names = "--kubernetes",
        description = "Follow the EndpointRoutes and EndpointSlices of one namespace.")
    private boolean kubernetes;
  }

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      description = "With --kubernetes: whose routes. Default: that of the pod.")
  private String namespace;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Under which it acknowledges routes. Default: the host's name.")
  private String name;

  @Option(
      names = "--host",
      defaultValue = "0.0.0.0",
      paramLabel = "HOST",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "PORT",
      description = "For requests; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--admin-port",
      defaultValue = "9090",
      paramLabel = "PORT",
      description = "For probes and metrics; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int adminPort;

  @Option(
      names = "--grpc-port",
      defaultValue = "8081",
      paramLabel = "PORT",
      description = "For gRPC; 0 takes a free one, -1 none. Default: ${DEFAULT-VALUE}.")
  private int grpcPort;

  @Option(
      names = "--port-file",
      paramLabel = "FILE",
      description = "Where to write the chosen ports: {\"port\", \"adminPort\", \"grpcPort\"}.")
  private Path portFile;

  @Option(
      names = "--exit-with-stdin",
      description = "Stop when standard input ends, as when the parent process dies.")
  private boolean exitWithStdin;

  @Option(
      names = "--lame-duck-seconds",
      defaultValue = "2",
      paramLabel = "SECONDS",
      description = "How long to answer on after a signal to stop. Default: ${DEFAULT-VALUE}.")
  private int lameDuckSeconds;

  /** Runs a router until it is told to stop; exits with 0 then. */
  public static void main(String[] args) {
    int code = new CommandLine(new Router()).execute(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  @Override
  public Integer call() throws Exception {
    if (!source.kubernetes && namespace != null) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "--namespace goes with --kubernetes only");
    }
    RouterProcess process =
        RouterProcess.start(
            new RouterOptions(
                Optional.ofNullable(source.table),
                Optional.ofNullable(namespace),
                name == null ? hostName() : name,
                host,
                port,
                adminPort,
                grpcPort,
                Duration.ofSeconds(lameDuckSeconds)));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "stop"));
    if (portFile != null) {
      writePorts(process);
    }
    if (exitWithStdin) {
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

  private void writePorts(RouterProcess process) throws IOException {
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
