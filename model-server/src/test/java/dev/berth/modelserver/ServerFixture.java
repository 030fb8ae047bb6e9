package dev.berth.modelserver;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.modelserver.config.ServerConfigReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model server in this JVM, and a client that speaks real HTTP to it. */
final class ServerFixture implements AutoCloseable {
  static final JsonMapper MAPPER = JsonMapper.builder().build();
  static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ModelService service;

  /** Starts a server with a configuration as the operator writes it, without loading yet. */
  ServerFixture(Path directory, List<Map<String, Object>> models) throws Exception {
    this.service =
        ModelService.start(ServerConfigReader.read(config(directory, models)), settings());
  }

  static Path config(Path directory, List<Map<String, Object>> models) throws IOException {
    return Files.writeString(
        directory.resolve("model.json"), MAPPER.writeValueAsString(Map.of("models", models)));
  }

  /** A model's configuration; further fields in pairs. */
  static Map<String, Object> model(String name, Path file, Object... fields) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", name);
    model.put("artifact", Map.of("uri", file.toUri().toString()));
    for (int i = 0; i < fields.length; i += 2) {
      model.put((String) fields[i], fields[i + 1]);
    }
    return model;
  }

  private static ServerSettings settings() {
    return new ServerSettings("127.0.0.1", 0, 0, 0, 1 << 20, 1 << 28, Duration.ZERO, Duration.ZERO);
  }

  ModelService service() {
    return service;
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(service.port(), path)));
  }

  HttpResponse<String> admin(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(service.adminPort(), path)));
  }

  /** POSTs to /invocations; headers in pairs. */
  HttpResponse<String> invoke(String contentType, String body, String... headers) throws Exception {
    return post("/invocations", contentType, body, headers);
  }

  HttpResponse<String> post(String path, String contentType, String body, String... headers)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    if (!contentType.isEmpty()) {
      all.addAll(List.of("content-type", contentType));
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(service.port(), path));
    if (!all.isEmpty()) {
      request.headers(all.toArray(String[]::new));
    }
    return send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** POSTs bytes, for bytes. */
  HttpResponse<byte[]> bytes(String path, byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(service.port(), path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(
        request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    service.close();
  }
}
