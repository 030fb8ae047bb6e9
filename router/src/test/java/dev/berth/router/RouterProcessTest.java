package dev.berth.router;

import static dev.berth.router.RouterFixture.fleet;
import static dev.berth.router.RouterFixture.route;
import static dev.berth.router.RouterFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.serving.route.RouteTable;
import dev.berth.serving.route.RouteTableJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The router as a process of its own, started and stopped as the shells do it. */
class RouterProcessTest {
  @TempDir private Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void killWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.berth.router.Router",
                "--port=0",
                "--admin-port=0",
                "--grpc-port=0",
                "--port-file=" + directory.resolve("ports.json")));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    started.add(process);
    return process;
  }

  private String table(ModelStub server) throws Exception {
    Path table = directory.resolve("table.json");
    RouteTable routes = new RouteTable(List.of(route("e", 1, fleet("v", 1, server.address()))));
    Files.write(table, RouteTableJson.write(routes));
    return "--table=" + table;
  }

  private int port() throws Exception {
    Path file = directory.resolve("ports.json");
    until(() -> Files.exists(file) || started.stream().anyMatch(process -> !process.isAlive()));
    return new ObjectMapper().readTree(file.toFile()).get("port").asInt();
  }

  private static void ends(Process process, int code) throws Exception {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(code);
  }

  @Test
  void aTermSignalUnderLoadLosesNoRequest() throws Exception {
    try (ModelStub server = ModelStub.named("one")) {
      Process router = start(table(server), "--lame-duck-seconds=1");
      SteadyLoad load = SteadyLoad.start(port(), "e", 4);
      load.more(500);
      router.destroy();
      ends(router, 0);
      assertThat(load.untilRefused()).isEmpty();
      assertThat(server.requests()).isEqualTo((int) load.count());
    }
  }

  @Test
  void standsAndFallsWithItsStandardInput() throws Exception {
    try (ModelStub server = ModelStub.named("one")) {
      Process router = start(table(server), "--exit-with-stdin", "--lame-duck-seconds=0");
      try (RawClient client = new RawClient(port())) {
        assertThat(client.invoke("e", "x").body()).isEqualTo("one");
      }
      router.getOutputStream().close();
      ends(router, 0);
    }
  }

  @Test
  void aWrongCommandLineSaysWhatIsMissing() throws Exception {
    Process router = start();
    ends(router, 2);
    assertThat(Files.readString(directory.resolve("log")))
        .contains("--table")
        .contains("--kubernetes");
  }
}
