package dev.berth.serving.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.serving.http.RawClient.Reply;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Handlers that take large bodies as they come. */
class StreamedBodyTest {
  private static final HttpServerOptions OPTIONS =
      HttpServerOptions.defaults().on("127.0.0.1", 0).withThreads(1);

  private static final String LARGE = "0123456789abcdef".repeat(20_000);

  /** Says the whole body back once it is complete, and waits with small ones on /wait. */
  private static final class Echo implements Handler {
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public Answer handle(Request request) {
      if (request.path().equals("/wait")) {
        return Answer.later(
            workers,
            () -> {
              goOn.await(20, TimeUnit.SECONDS);
              return Answer.of(200, "text/plain", "waited".getBytes(UTF_8));
            });
      }
      begun.countDown();
      StringBuilder text = new StringBuilder(request.body().toString(ISO_8859_1));
      return Answer.streamed(
          client -> {
            if (client.bodyComplete()) {
              answer(client, text);
            } else {
              client.onBody(new Reader(client, text));
            }
          });
    }

    @Override
    public boolean streams(Request head) {
      return true;
    }

    @Override
    public long bodyLimit(Request head) {
      return 400_000;
    }

    private static void answer(AnswerStream client, StringBuilder text) {
      client.answer(Answer.of(200, "text/plain", text.toString().getBytes(ISO_8859_1)));
    }

    private record Reader(AnswerStream client, StringBuilder text) implements BodyReader {
      @Override
      public void piece(ByteBuf piece) {
        text.append(piece.toString(ISO_8859_1));
        piece.release();
      }

      @Override
      public void complete() {
        answer(client, text);
      }

      @Override
      public void refused(Answer.Whole answer) {
        client.answer(answer);
      }
    }
  }

  private static String post(String path, int length) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
  }

  @Test
  void keepTheirOrderBehindARequestThatTakesLonger() throws Exception {
    Echo echo = new Echo();
    try (HttpServer server = HttpServer.start(OPTIONS, echo);
        RawClient client = new RawClient(server.port())) {
      client.send(post("/wait", 0) + post("/", LARGE.length()) + LARGE + post("/", 3) + "abc");
      echo.goOn.countDown();
      assertThat(client.read().body()).isEqualTo("waited");
      assertThat(client.read().body()).isEqualTo(LARGE);
      assertThat(client.read().body()).isEqualTo("abc");
    }
  }

  @Test
  void areHandedOverBeforeTheyAreComplete() throws Exception {
    Echo echo = new Echo();
    try (HttpServer server = HttpServer.start(OPTIONS, echo);
        RawClient client = new RawClient(server.port())) {
      client.send(post("/", LARGE.length()) + LARGE.substring(0, 200_000));
      assertThat(echo.begun.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(client.send(LARGE.substring(200_000)).read().body()).isEqualTo(LARGE);
    }
  }

  @Test
  void thatStallAreGivenUp() throws Exception {
    Echo echo = new Echo();
    HttpServerOptions hasty = OPTIONS.withConnections(10, Duration.ofMillis(200));
    try (HttpServer server = HttpServer.start(hasty, echo);
        RawClient client = new RawClient(server.port())) {
      client.send(post("/", LARGE.length()) + LARGE.substring(0, 100_000));
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.headers()).containsEntry("connection", "close");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void thatGrowTooLargeOrMakeNoSenseAreGivenUp() throws Exception {
    Echo echo = new Echo();
    try (HttpServer server = HttpServer.start(OPTIONS, echo)) {
      String chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
      String chunk = "186a0\r\n" + LARGE.substring(0, 100_000) + "\r\n";
      try (RawClient client = new RawClient(server.port())) {
        assertThat(client.send(chunked + chunk.repeat(5)).read().status()).isEqualTo(413);
        assertThat(client.ended()).isTrue();
      }
      try (RawClient client = new RawClient(server.port())) {
        assertThat(client.send(chunked + chunk + "no size\r\n").read().status()).isEqualTo(400);
        assertThat(client.ended()).isTrue();
      }
    }
  }
}
