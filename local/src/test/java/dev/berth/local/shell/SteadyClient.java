package dev.berth.local.shell;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends the same row over and over on many connections, each as soon as its last answer is there,
 * and remembers every answer.
 */
final class SteadyClient implements AutoCloseable {
  /** The first golden record of both models. */
  private static final String ROW = "0.00632,18,2.31,0,0.538,6.575,65.2,4.09,1,296,15.3,396.9,4.98";

  private static final int IN_FLIGHT = 32;

  /**
   * An answer: when its request was sent, and the body when all went well, else what went wrong.
   */
  record Answer(long sentNanos, String body, String failure) {}

  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Semaphore slots = new Semaphore(IN_FLIGHT);
  private final AtomicBoolean closing = new AtomicBoolean();
  private final long startNanos = System.nanoTime();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpRequest request;

  private SteadyClient(int port) {
    this.request = request(port);
  }

  static SteadyClient start(int port) {
    SteadyClient steady = new SteadyClient(port);
    for (int i = 0; i < IN_FLIGHT; i++) {
      steady.slots.acquireUninterruptibly();
      steady.send();
    }
    return steady;
  }

  /** One request by itself. */
  static HttpResponse<String> once(int port) throws IOException, InterruptedException {
    try (HttpClient one = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return one.send(request(port), BodyHandlers.ofString());
    }
  }

  /** Waits until so many more answers have come. */
  void awaitAnswers(int more) throws Exception {
    int goal = answers.size() + more;
    Await.until(more + " more answers", () -> answers.size() >= goal);
  }

  List<String> failures() {
    return answers.stream().map(Answer::failure).filter(f -> f != null).toList();
  }

  /** Bodies of answers to requests that were sent at or after an instant of System.nanoTime. */
  List<String> bodiesSince(long nanos) {
    return answers.stream()
        .filter(answer -> answer.sentNanos() - nanos >= 0)
        .map(Answer::body)
        .distinct()
        .toList();
  }

  List<Answer> answers() {
    return new ArrayList<>(answers);
  }

  @Override
  public void close() {
    closing.set(true);
    slots.acquireUninterruptibly(IN_FLIGHT);
    client.close();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf(
        "local: %d requests, %.0f a second, %d failed%n",
        answers.size(), answers.size() / seconds, failures().size());
  }

  private void send() {
    long sent = System.nanoTime();
    var _ =
        client
            .sendAsync(request, BodyHandlers.ofString())
            .whenComplete(
                (answer, error) -> {
                  answers.add(answer(sent, answer, error));
                  if (closing.get()) {
                    slots.release();
                  } else {
                    send();
                  }
                });
  }

  private static Answer answer(long sent, HttpResponse<String> answer, Throwable error) {
    if (error != null) {
      return new Answer(sent, null, error.toString());
    }
    return answer.statusCode() == 200
        ? new Answer(sent, answer.body().strip(), null)
        : new Answer(sent, null, answer.statusCode() + " " + answer.body());
  }

  private static HttpRequest request(int port) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/endpoints/housing/invocations"))
        .timeout(Duration.ofSeconds(30))
        .header("Content-Type", "text/csv")
        .POST(BodyPublishers.ofString(ROW))
        .build();
  }
}
