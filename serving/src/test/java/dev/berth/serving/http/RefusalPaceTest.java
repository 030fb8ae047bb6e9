package dev.berth.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.serving.http.RawClient.Reply;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.WireError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Clients that are refused and ask again at once: what they get is bounded, others are served. */
class RefusalPaceTest {
  private static final HttpServerOptions OPTIONS =
      HttpServerOptions.defaults().on("127.0.0.1", 0).withThreads(1);
  private static final int CLIENTS = 50;
  private static final int EACH = 20;

  private static final class Full implements Handler {
    @Override
    public Answer handle(Request request) {
      return request.path().equals("/full") ? full() : Answer.empty(200);
    }

    @Override
    public Optional<Answer.Whole> refusal(Request head, long bodyBytes) {
      return head.path().equals("/full") ? Optional.of(full()) : Optional.empty();
    }

    private static Answer.Whole full() {
      return Answer.error(new WireError(ErrorCode.NOT_READY, "full", "id"));
    }
  }

  private static String post(String path, int bytes) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + bytes + "\r\n\r\n";
  }

  @Test
  void aClosedLoopThatIsRefusedByItsHeadsIsHeldBack() throws Exception {
    assertHeldBack(post("/full", 20_000) + "7".repeat(20_000));
  }

  @Test
  void aClosedLoopOfSmallRequestsThatAreRefusedIsHeldBackToo() throws Exception {
    assertHeldBack(post("/full", 1) + "7");
  }

  @Test
  void everyoneOfManyWhoseConnectionsEndReadsWhy() throws Exception {
    try (HttpServer server = HttpServer.start(OPTIONS, new Full())) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new RawClient(server.port()).send(post("/full", 1_000_000) + "7".repeat(500)));
      }
      for (RawClient client : clients) {
        Reply reply = client.read();
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers()).containsEntry("connection", "close");
        client.close();
      }
    }
  }

  /** However fast the machine: no more than so many in a time. However slow: all are answered. */
  private static void assertHeldBack(String refused) throws Exception {
    try (HttpServer server = HttpServer.start(OPTIONS, new Full());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      List<Future<Integer>> loops = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        loops.add(threads.submit(() -> refusals(server.port(), refused)));
      }
      try (RawClient welcome = new RawClient(server.port())) {
        for (int i = 0; i < 100; i++) {
          assertThat(welcome.send(post("/", 1) + "7").read().status()).isEqualTo(200);
        }
      }
      int refusals = 0;
      for (Future<Integer> loop : loops) {
        refusals += loop.get();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(refusals).isEqualTo(CLIENTS * EACH);
      // The first ten come at once.
      long ticks = refusals / RefusalPace.AT_ONCE - 1L;
      assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(ticks * RefusalPace.TICK_MILLIS));
    }
  }

  private static int refusals(int port, String refused) throws Exception {
    int seen = 0;
    try (RawClient client = new RawClient(port)) {
      for (int i = 0; i < EACH; i++) {
        seen += client.send(refused).read().status() == 429 ? 1 : 0;
      }
    }
    return seen;
  }
}
