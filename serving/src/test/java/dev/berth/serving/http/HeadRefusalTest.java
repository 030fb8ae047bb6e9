package dev.berth.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.serving.http.RawClient.Reply;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.WireError;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests that a handler refuses by their heads: it never sees them, and clients read why. */
class HeadRefusalTest {
  private static final HttpServerOptions OPTIONS =
      HttpServerOptions.defaults().on("127.0.0.1", 0).withThreads(1);

  /** Refuses what goes to /full, and counts what it has to answer. */
  private static final class Full implements Handler {
    private final AtomicInteger answered = new AtomicInteger();

    @Override
    public Answer handle(Request request) {
      answered.incrementAndGet();
      int bytes = request.body().readableBytes();
      return Answer.of(200, "text/plain", (bytes + " bytes").getBytes(UTF_8));
    }

    @Override
    public Optional<Answer.Whole> refusal(Request head, long bodyBytes) {
      return head.path().equals("/full")
          ? Optional.of(
              Answer.error(new WireError(ErrorCode.NOT_READY, "full", "id"))
                  .withHeader("retry-after", "1"))
          : Optional.empty();
    }
  }

  private static String post(String path, String headers) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
  }

  private static String sized(String path, int bytes) {
    return post(path, "Content-Length: " + bytes + "\r\n") + "7".repeat(bytes);
  }

  @Test
  void theConnectionGoesOnBehindABodyThatIsPassedOver() throws Exception {
    Full full = new Full();
    try (HttpServer server = HttpServer.start(OPTIONS, full);
        RawClient client = new RawClient(server.port())) {
      client.send(sized("/full", 20_000) + sized("/", 20_000) + sized("/full", 100_000));
      assertRefused(client.read());
      assertThat(client.read().body()).isEqualTo("20000 bytes");
      assertRefused(client.read());
      assertThat(client.send(sized("/full", 10)).read().body()).isEqualTo("10 bytes");
    }
    assertThat(full.answered).hasValue(2);
  }

  /** Read as one message, with its body there already. */
  @Test
  void aBodyThatCameWithItsHeadIsNotHandedOverEither() throws Exception {
    Full full = new Full();
    try (HttpServer server = HttpServer.start(OPTIONS, full);
        RawClient client = new RawClient(server.port())) {
      assertRefused(client.send(sized("/full", Intake.REFUSABLE_BODY_BYTES)).read());
      assertThat(client.send(sized("/full", 10)).read().body()).isEqualTo("10 bytes");
    }
    assertThat(full.answered).hasValue(1);
  }

  @Test
  void aLargeBodyIsNotWaitedFor() throws Exception {
    assertClosed(post("/full", "Content-Length: 1000000\r\n"));
  }

  @Test
  void whoAsksBeforeSendingIsTold() throws Exception {
    assertClosed(post("/full", "Content-Length: 20000\r\nExpect: 100-continue\r\n"));
  }

  @Test
  void aBodyWithoutALengthIsRefusedOnceItIsLarge() throws Exception {
    String chunk = "2000\r\n" + "7".repeat(0x2000) + "\r\n";
    assertClosed(post("/full", "Transfer-Encoding: chunked\r\n") + chunk.repeat(12));
  }

  private static void assertClosed(String sent) throws Exception {
    Full full = new Full();
    try (HttpServer server = HttpServer.start(OPTIONS, full);
        RawClient client = new RawClient(server.port())) {
      Reply reply = client.send(sent).read();
      assertRefused(reply);
      assertThat(reply.headers()).containsEntry("connection", "close");
    }
    assertThat(full.answered).hasValue(0);
  }

  private static void assertRefused(Reply reply) {
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers()).containsEntry("retry-after", "1");
    assertThat(reply.body()).contains("full");
  }
}
