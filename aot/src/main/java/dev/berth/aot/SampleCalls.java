package dev.berth.aot;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks for the sample model's answers until there were enough of them for the code to be warm.
 *
 * @param ports file where the program writes the port that it chose, as JSON
 * @param path where it takes invocations
 */
public record SampleCalls(Path ports, String path) {
  private static final int ENOUGH = 300;
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Returns whether it answered {@link #ENOUGH} times before the process ended or time ran out. */
  boolean answered(Process program, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    int answers = 0;
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      while (answers < ENOUGH && System.nanoTime() - end < 0) {
        if (call(client, answers)) {
          answers++;
        } else if (program.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
    }
    return answers == ENOUGH;
  }

  private boolean call(HttpClient client, int number) throws InterruptedException {
    boolean csv = number % 2 == 0;
    try {
      int port = new ObjectMapper().readTree(Files.readAllBytes(ports)).path("port").asInt();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(Duration.ofSeconds(5))
              .header("Content-Type", csv ? "text/csv" : "application/json")
              .POST(BodyPublishers.ofString(csv ? "1,2\n3,4\n" : "{\"instances\": [[1, 2]]}"))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      // Not up yet.
      return false;
    }
  }
}
