package dev.berth.modelserver.artifact;

import static dev.berth.modelserver.failure.FailureReason.ArtifactForbidden;
import static dev.berth.modelserver.failure.FailureReason.ArtifactNotFound;
import static dev.berth.modelserver.failure.FailureReason.ArtifactUnavailable;
import static dev.berth.modelserver.failure.FailureReason.InvalidConfiguration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.berth.modelserver.config.ModelConfig.Artifact;
import dev.berth.modelserver.failure.FailureReason;
import dev.berth.modelserver.failure.LoadFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpArtifactTest {
  private static final byte[] MODEL = new byte[200_000];
  private static final String PASSWORD = "changeit";

  @TempDir Path directory;
  private HttpServer server;
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve(server);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aFileIsFetched() throws Exception {
    assertThat(fetched(uri("/model?signature=secret"), Optional.empty())).isEqualTo(MODEL.length);
  }

  @Test
  void whatMayPassIsTriedAgain() throws Exception {
    assertThat(fetched(uri("/busy"), Optional.empty())).isEqualTo(MODEL.length);
    assertThat(paths).containsExactly("/busy", "/busy", "/busy");
  }

  @Test
  void aServerThatDiesInTheMiddleIsAskedAgain() throws Exception {
    assertThat(fetched(uri("/cut"), Optional.empty())).isEqualTo(MODEL.length);
    assertThat(paths).containsExactly("/cut", "/cut");
  }

  @Test
  void refusalsHaveReasonsAndTellNoSecret() {
    refused(uri("/none?signature=secret"), ArtifactNotFound);
    refused(uri("/forbidden?signature=secret"), ArtifactForbidden);
    refused(uri("/broken?signature=secret"), ArtifactUnavailable);
    refused(uri("/loop?signature=secret"), ArtifactUnavailable);
    refused("http://127.0.0.1:1/model?signature=secret", ArtifactUnavailable);
  }

  @Test
  void credentialsAreNotSentInTheClear() throws Exception {
    Path credentials = credentials("authorization", "Bearer secret");
    assertThatThrownBy(() -> fetched(uri("/model"), Optional.of(credentials)))
        .isInstanceOfSatisfying(
            LoadFailure.class, e -> assertThat(e.reason()).isEqualTo(InvalidConfiguration));
    assertThat(authorizations).isEmpty();
  }

  @Test
  void httpsTrustsTheAuthorityOfTheCredentialsAndTellsNobodyElse() throws Exception {
    Path store = directory.resolve("server.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-keystore",
        store.toString());
    Path credentials = credentials("username", "berth", "password", "secret");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "server",
        "-file",
        credentials.resolve("ca.crt").toString(),
        "-keystore",
        store.toString());
    HttpsServer https = https(store);
    try {
      String origin = "https://localhost:" + https.getAddress().getPort();
      assertThat(fetched(origin + "/model", Optional.of(credentials))).isEqualTo(MODEL.length);
      assertThat(authorizations).containsExactly("Basic YmVydGg6c2VjcmV0");
      authorizations.clear();
      HttpsServer other = https(store);
      try {
        String away = "https://localhost:" + other.getAddress().getPort() + "/model";
        assertThat(fetched(origin + "/redirect?" + away, Optional.of(credentials)))
            .isEqualTo(MODEL.length);
        assertThat(authorizations).hasSize(1);
      } finally {
        other.stop(0);
      }
      refused(origin + "/redirect?" + uri("/model"), ArtifactUnavailable, Optional.of(credentials));
      refused(origin + "/model", ArtifactUnavailable, Optional.empty());
    } finally {
      https.stop(0);
    }
  }

  private void serve(HttpServer at) {
    at.createContext("/", this::answer);
    at.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    at.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    paths.add(path);
    Optional.ofNullable(exchange.getRequestHeaders().getFirst("authorization"))
        .ifPresent(authorizations::add);
    long asked = paths.stream().filter(path::equals).count();
    int status =
        switch (path) {
          case "/none" -> 404;
          case "/forbidden" -> 403;
          case "/broken" -> 500;
          case "/loop", "/redirect" -> 302;
          case "/busy" -> asked < 3 ? 503 : 200;
          default -> 200;
        };
    if (status == 302) {
      String query = exchange.getRequestURI().getQuery();
      exchange.getResponseHeaders().add("location", path.equals("/loop") ? "/loop" : query);
    }
    exchange.sendResponseHeaders(status, status == 200 ? MODEL.length : -1);
    if (status == 200) {
      boolean cut = path.equals("/cut") && asked == 1;
      exchange.getResponseBody().write(MODEL, 0, cut ? 1000 : MODEL.length);
    }
    exchange.close();
  }

  private HttpsServer https(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(context));
    serve(https);
    return https;
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-noprompt"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private Path credentials(String... pairs) throws IOException {
    Path secret = Files.createDirectories(directory.resolve("secret"));
    for (int i = 0; i < pairs.length; i += 2) {
      Files.writeString(secret.resolve(pairs[i]), pairs[i + 1] + "\n");
    }
    return secret;
  }

  private String uri(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static long fetched(String uri, Optional<Path> credentials) throws Exception {
    Artifact artifact =
        new Artifact(uri, Optional.empty(), Optional.empty(), credentials.map(Path::toString));
    try (FetchedArtifact fetched =
        new ArtifactFetcher(1_000_000, Duration.ofSeconds(20)).fetch(artifact)) {
      return fetched.sizeBytes();
    }
  }

  private static void refused(String uri, FailureReason reason) {
    refused(uri, reason, Optional.empty());
  }

  private static void refused(String uri, FailureReason reason, Optional<Path> credentials) {
    Artifact artifact =
        new Artifact(uri, Optional.empty(), Optional.empty(), credentials.map(Path::toString));
    assertThatThrownBy(() -> new ArtifactFetcher(1_000_000, Duration.ZERO).fetch(artifact))
        .isInstanceOfSatisfying(LoadFailure.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageNotContaining("secret");
  }
}
