package dev.berth.e2e.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadClientTest {

  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-Amzn-Invoked-Production-Variant: v\r\n\r\n1.5";
  private static final String OK_CHUNKED =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n1.\r\n1\r\n5\r\n0\r\n\r\n";
  private static final String LAST =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\n1.5";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String BUSY = "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy";

  private ServerSocket server;
  private final AtomicInteger accepted = new AtomicInteger();

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void answersAreCountedByWhatTheySay() {
    LoadReport report = load(List.of(OK, OK_CHUNKED, OK), done -> done.sent() >= 30);
    assertThat(report.failed()).isZero();
    assertThat(report.answers()).containsOnlyKeys("1.5");
    assertThat(report.answers().get("1.5").count()).isEqualTo(report.sent());
    assertThat(report.median()).isPositive();
    assertThat(accepted).hasValue(1);
  }

  @Test
  void anAnnouncedCloseIsNoFailure() {
    LoadReport report = load(List.of(OK, LAST), done -> done.sent() >= 20);
    assertThat(report.failed()).isZero();
    assertThat(accepted).hasValueGreaterThan(5);
  }

  @Test
  void anotherStatusIsAFailure() {
    LoadReport report = load(List.of(OK, BUSY), done -> done.failed() > 0);
    assertThat(report.failures().getFirst()).contains("503 busy");
  }

  @Test
  void aConnectionThatEndsInSilenceIsAFailure() {
    LoadReport report = load(List.of(OK, ""), done -> done.failed() > 0);
    assertThat(report.failures().getFirst()).contains("closed before an answer");
  }

  @Test
  void halfAnAnswerIsAFailure() {
    LoadReport report = load(List.of(OK, OK.substring(0, OK.length() - 1)), d -> d.failed() > 0);
    assertThat(report.failures().getFirst()).contains("ended after 2 of 3 bytes");
  }

  @Test
  void nobodyListeningIsAFailure() throws IOException {
    server.close();
    try (LoadClient client = LoadClient.start(plan())) {
      assertThat(await(client, done -> done.failed() > 0).failures().getFirst())
          .contains("while connecting");
    }
  }

  @Test
  void aStrangerAfterTheSwitchIsNamed() {
    Instant moment = Instant.parse("2026-01-01T00:00:00Z");
    Tally late = new Tally(3, moment, moment.plusSeconds(1));
    Tally early = new Tally(3, moment.minusSeconds(9), moment.minusSeconds(1));
    LoadReport report =
        new LoadReport(
            6,
            0,
            List.of(),
            java.util.Map.of("1", early, "2", late),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO);
    assertThat(report.strangersAfter(moment, "2")).isEmpty();
    assertThat(report.strangersAfter(moment, "1")).singleElement().asString().startsWith("2,");
  }

  /** Serves {@code answers} in turn on each connection until {@code enough}. */
  private LoadReport load(List<String> answers, Predicate<LoadReport> enough) {
    Thread.ofVirtual().start(() -> accept(answers));
    try (LoadClient client = LoadClient.start(plan())) {
      await(client, enough);
      return client.stop();
    }
  }

  private static LoadReport await(LoadClient client, Predicate<LoadReport> enough) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    LoadReport report = client.report();
    while (!enough.test(report)) {
      assertThat(System.nanoTime()).as(report.toString()).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
      report = client.report();
    }
    return report;
  }

  private LoadPlan plan() {
    return LoadPlan.csv(
        (InetSocketAddress) server.getLocalSocketAddress(), "housing.test.svc", "1,2,3", 1);
  }

  private void accept(List<String> answers) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        accepted.incrementAndGet();
        serve(socket, answers);
      } catch (IOException _) {
        // The test closed the socket, or the client hung up: both end a connection here.
      }
    }
  }

  private static void serve(Socket socket, List<String> answers) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    OutputStream out = socket.getOutputStream();
    for (int i = 0; ; i++) {
      String line = in.readLine();
      while (line != null && !line.isEmpty()) {
        line = in.readLine();
      }
      if (line == null) {
        return;
      }
      in.skip("1,2,3".length());
      String answer = answers.get(i % answers.size());
      out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
      boolean whole = answer.endsWith("1.5") || answer.endsWith("busy") || answer.endsWith("\n");
      if (!whole || answer.contains("close")) {
        return;
      }
    }
  }
}
