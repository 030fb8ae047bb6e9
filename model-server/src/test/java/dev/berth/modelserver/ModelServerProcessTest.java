package dev.berth.modelserver;

import static dev.berth.modelserver.ServerFixture.MAPPER;
import static dev.berth.modelserver.ServerFixture.config;
import static dev.berth.modelserver.ServerFixture.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.modelserver.zoo.Zoo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, started and stopped as the shells do it. */
class ModelServerProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ROW = "0.5,1,2,3,4,5,6,7";

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void killWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aTermSignalUnderLoadLosesNoRequest() throws Exception {
    Path file = Zoo.file("xgb-3.0.5/feature-names/model.ubj", directory);
    Process server =
        start(
            "--config",
            config(directory, List.of(model("m", file))).toString(),
            "--lame-duck-seconds",
            "5");
    URI base = ready(server);
    Queue<String> faults = new ConcurrentLinkedQueue<>();
    AtomicLong answers = new AtomicLong();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(Thread.ofPlatform().start(() -> ask(base, faults, answers)));
    }
    until(() -> answers.get() >= 500 || !faults.isEmpty());
    server.destroy();
    assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    for (Thread client : clients) {
      client.join();
    }
    assertThat(faults).isEmpty();
    assertThat(server.exitValue()).isZero();
  }

  @Test
  void standsAndFallsWithItsStandardInput() throws Exception {
    Path file = Zoo.file("xgb-3.0.5/feature-names/model.ubj", directory);
    Process server =
        start("--model", file.toString(), "--exit-with-stdin", "--lame-duck-seconds", "0");
    URI base = ready(server);
    JsonNode models = MAPPER.readTree(get(base.resolve("/v1/models")).body());
    assertThat(models.get("models").get(0).asText()).isEqualTo("xgb-3");
    server.getOutputStream().close();
    assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isZero();
  }

  @Test
  void whatCanNeverStartSaysSo() throws Exception {
    Path file = Zoo.file("xgb-3.0.5/feature-names/model.ubj", directory);
    Map<String, Object> golden = Map.of("contentType", "text/csv", "body", ROW, "expect", "24.9");
    JsonNode words = failed(3, model("boston", file, "goldenRecords", List.of(golden)));
    assertThat(words.get("model").asText()).isEqualTo("boston");
    assertThat(words.get("reason").asText()).isEqualTo("GoldenRecordFailed");
    assertThat(words.get("message").asText())
        .startsWith("goldenRecords[0] of model 'boston': expected 24.9, the answer is ");
    assertThat(words.get("permanent").asBoolean()).isTrue();
  }

  @Test
  void whatMayStartLaterSaysSo() throws Exception {
    JsonNode words = failed(4, model("boston", directory.resolve("none")));
    assertThat(words.get("reason").asText()).isEqualTo("ArtifactNotFound");
    assertThat(words.get("permanent").asBoolean()).isFalse();
  }

  private JsonNode failed(int code, Map<String, Object> model) throws Exception {
    Path termination = directory.resolve("termination-log");
    Process server =
        start(
            "--config",
            config(directory, List.of(model)).toString(),
            "--termination-log",
            termination.toString(),
            "--artifact-retry-seconds",
            "0");
    assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(code);
    return MAPPER.readTree(Files.readString(termination));
  }

  private Process start(String... flags) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ModelServer.class.getName(),
                "--port",
                "0",
                "--admin-port",
                "0",
                "--grpc-port",
                "0",
                "--host",
                "127.0.0.1",
                "--port-file",
                directory.resolve("ports").toString()));
    command.addAll(List.of(flags));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    started.add(process);
    return process;
  }

  /** Where the server is, once it is ready. */
  private URI ready(Process server) throws Exception {
    AtomicReference<URI> base = new AtomicReference<>();
    until(
        () -> {
          Path ports = directory.resolve("ports");
          if (Files.exists(ports)) {
            int port = MAPPER.readTree(Files.readString(ports)).get("port").asInt();
            base.set(URI.create("http://127.0.0.1:" + port));
          }
          return !server.isAlive()
              || (base.get() != null && get(base.get().resolve("/ping")).statusCode() == 200);
        });
    assertThat(server.isAlive()).as(Files.readString(directory.resolve("log"))).isTrue();
    return base.get();
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Asks until the server says that it goes, and a few times more, on new connections. */
  private static void ask(URI base, Queue<String> faults, AtomicLong answers) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/invocations"))
            .header("content-type", "text/csv")
            .POST(HttpRequest.BodyPublishers.ofString(ROW))
            .build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int farewells = 0; farewells < 20; ) {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
          faults.add(response.statusCode() + " " + response.body());
          return;
        }
        answers.incrementAndGet();
        farewells += response.headers().firstValue("connection").orElse("").equals("close") ? 1 : 0;
      }
      int ping = get(base.resolve("/ping")).statusCode();
      if (ping != 503) {
        faults.add("/ping says " + ping + " while the server leaves");
      }
    } catch (Exception e) {
      faults.add(e.toString());
    }
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    return ServerFixture.CLIENT.send(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
