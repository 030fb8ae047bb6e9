package dev.berth.local.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Short questions to our own children on this machine. */
final class Loopback {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  private Loopback() {}

  static boolean answers200(int port, String path) {
    return get(port, path).filter(answer -> answer.statusCode() == 200).isPresent();
  }

  /** The JSON of a 200 answer; empty when there is no such answer. */
  static Optional<JsonNode> json(int port, String path) {
    return get(port, path).filter(answer -> answer.statusCode() == 200).map(Loopback::parse);
  }

  private static JsonNode parse(HttpResponse<byte[]> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException _) {
      return JSON.missingNode();
    }
  }

  private static Optional<HttpResponse<byte[]>> get(int port, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(LIMIT)
            .build();
    try {
      return Optional.of(CLIENT.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException _) {
      // Not up, or down again: that is the answer.
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
