package dev.berth.local.shell;

import dev.berth.local.console.Console;
import dev.berth.local.process.Address;
import dev.berth.local.state.StateFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth up DIR}: runs a folder's manifests until it is stopped. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the manifests of a folder on this machine and stays.",
      "Edits act when they are saved. Ctrl-C ends everything that was started."
    })
public final class Up implements Callable<Integer> {
  /** A router that an earlier, killed shell left needs a moment to notice. */
  private static final Duration PORT_PATIENCE = Duration.ofSeconds(5);

  /** A bound above those of the shell's own goodbyes, recording ones included. */
  private static final Duration GOODBYE = Duration.ofMinutes(5);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "folder of manifests, as for kubectl apply -f")
  private Path folder;

  @Option(names = "--port", defaultValue = "8080", description = "${DEFAULT-VALUE}; 0 = a free one")
  private int port;

  @Option(
      names = "--grpc-port",
      defaultValue = "-1",
      description = "of gRPC; ${DEFAULT-VALUE} = none, 0 = a free one")
  private int grpcPort;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "address to listen on; 0.0.0.0 lets other machines in; ${DEFAULT-VALUE}")
  private String host;

  @Option(names = "--state-dir", description = "where state and logs are kept; DIR/.berth")
  private Path stateFolder;

  @Option(
      names = "--exit-with-stdin",
      description = "end when standard input ends, for a program that starts this one")
  private boolean exitWithStdin;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (!Files.exists(folder)) {
      err.println("berth up: there is no folder " + folder);
      return 1;
    }
    Path root = stateFolder != null ? stateFolder : defaultState(folder);
    Optional<StateFolder> state = StateFolder.open(root.toAbsolutePath());
    if (state.isEmpty()) {
      err.println("berth up: another 'berth up' runs this folder (it holds " + root + "/lock)");
      return 1;
    }
    try (StateFolder mine = state.get()) {
      if (!portIsFree()) {
        err.println(
            "berth up: port "
                + port
                + " is in use by another program; end it, or choose another: --port "
                + (port + 1));
        return 1;
      }
      run(LocalShell.of(folder, mine, Console.standard(), new Address(host, port, grpcPort)));
      return 0;
    }
  }

  /** Where a folder's shell keeps its state unless told otherwise. */
  static Path defaultState(Path folder) {
    Path whole = folder.toAbsolutePath();
    return (Files.isDirectory(whole) ? whole : whole.getParent()).resolve(".berth");
  }

  private void run(LocalShell shell) throws IOException, InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              shell.stop();
              try {
                ended.await(GOODBYE.toSeconds(), TimeUnit.SECONDS);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    if (exitWithStdin) {
      Thread.ofPlatform().daemon().start(() -> awaitEndOfInput(shell));
    }
    try {
      shell.run();
    } finally {
      ended.countDown();
    }
  }

  private static void awaitEndOfInput(LocalShell shell) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // A broken pipe is an end too.
    }
    shell.stop();
  }

  private boolean portIsFree() throws InterruptedException {
    long limit = System.nanoTime() + PORT_PATIENCE.toNanos();
    while (true) {
      try (ServerSocket probe = new ServerSocket()) {
        probe.setReuseAddress(true);
        probe.bind(new InetSocketAddress(host, port));
        return true;
      } catch (IOException _) {
        if (System.nanoTime() - limit > 0) {
          return false;
        }
        Thread.sleep(200);
      }
    }
  }
}
