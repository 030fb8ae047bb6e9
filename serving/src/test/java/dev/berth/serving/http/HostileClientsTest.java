package dev.berth.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.serving.http.RawClient.Reply;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers cannot do to us, whatever they send or refuse to read. */
class HostileClientsTest {
  private static final HttpServerOptions OPTIONS =
      HttpServerOptions.defaults().on("127.0.0.1", 0).withThreads(1);

  private final AtomicInteger handled = new AtomicInteger();

  private Answer echo(Request request) {
    handled.incrementAndGet();
    return Answer.of(200, "text/plain", request.body().retainedSlice());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
        "Content-Length: 4, 4\r\n\r\nabcd",
        "Content-Length: +4\r\n\r\nabcd",
        "Content-Length: -4\r\n\r\nabcd",
        "Content-Length: 0x4\r\n\r\nabcd",
        "Content-Length: 99999999999999999999\r\n\r\nabcd",
        "Content-Length : 4\r\n\r\nabcd",
        "Transfer-Encoding: identity\r\n\r\nabcd",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n",
        "X: a\nContent-Length: 4\r\n\r\nabcd",
        "X: a\rContent-Length: 4\r\n\r\nabcd",
        "X\0Y: a\r\n\r\n",
        "X: a\0b\r\n\r\n",
        "Host: y\r\n\r\n",
        ": a\r\n\r\n",
      })
  void ambiguousFramingIsRefusedAndNothingAfterItIsRead(String headersAndBody) throws Exception {
    try (HttpServer server = HttpServer.start(OPTIONS, this::echo);
        RawClient client = new RawClient(server.port())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: x\r\n"
              + headersAndBody
              + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.headers()).containsEntry("connection", "close");
      assertThat(reply.body()).contains("\"code\":\"ValidationError\"");
      assertThat(client.ended()).isTrue();
      assertThat(handled).hasValue(0);
    }
  }

  @Test
  void refusesOtherVersionsAndMissingHosts() throws Exception {
    try (HttpServer server = HttpServer.start(OPTIONS, this::echo)) {
      try (RawClient client = new RawClient(server.port())) {
        assertThat(client.send("GET / HTTP/2.0\r\nHost: x\r\n\r\n").read().status()).isEqualTo(505);
      }
      try (RawClient client = new RawClient(server.port())) {
        assertThat(client.send("GET / HTTP/1.1\r\n\r\n").read().status()).isEqualTo(400);
      }
      try (RawClient client = new RawClient(server.port())) {
        client.send("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(400);
      }
    }
  }

  @Test
  void aBodyDeclaredTooLargeIsRefusedUnread() throws Exception {
    try (HttpServer server = HttpServer.start(OPTIONS.withBodies(100_000, 1 << 20), this::echo);
        RawClient client = new RawClient(server.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100001\r\n\r\n");
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.body()).contains("100000 bytes").contains("PayloadTooLarge");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void anEndlessChunkedBodyIsRefusedWhenItPassesTheHandlersLimit() throws Exception {
    Handler limited =
        new Handler() {
          @Override
          public Answer handle(Request request) {
            return echo(request);
          }

          @Override
          public long bodyLimit(Request head) {
            return head.path().equals("/small") ? 70_000 : Long.MAX_VALUE;
          }
        };
    String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
    try (HttpServer server = HttpServer.start(OPTIONS, limited)) {
      try (RawClient client = new RawClient(server.port())) {
        client.send("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.send(chunk).send(chunk).send(chunk);
        assertThat(client.read().status()).isEqualTo(413);
        assertThat(client.ended()).isTrue();
      }
      try (RawClient client = new RawClient(server.port())) {
        client.send("POST /large HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.send(chunk).send(chunk).send(chunk).send("0\r\n\r\n");
        assertThat(client.read().body()).hasSize(3 * 0x8000);
      }
    }
  }

  @Test
  void allLargeBodiesTogetherAreBounded() throws Exception {
    try (HttpServer server = HttpServer.start(OPTIONS.withBodies(1 << 20, 150_000), this::echo);
        RawClient first = new RawClient(server.port());
        RawClient second = new RawClient(server.port())) {
      first.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n");
      assertThat(first.send("Content-Length: 140000\r\n\r\n").read().status()).isEqualTo(100);
      first.send("x".repeat(139_999));
      Reply refused;
      do {
        try (RawClient other = new RawClient(server.port())) {
          other.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 140000\r\n\r\n");
          refused = other.send("x".repeat(140_000)).read();
        }
      } while (refused.status() == 200);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.headers()).containsKey("retry-after");
      assertThat(first.send("x").read().body()).hasSize(140_000);
      second.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 140000\r\n\r\n");
      assertThat(second.send("x".repeat(140_000)).read().status()).isEqualTo(200);
    }
  }

  @Test
  void headerBombsAreRefused() throws Exception {
    try (HttpServer server = HttpServer.start(OPTIONS, this::echo)) {
      try (RawClient client = new RawClient(server.port())) {
        client.send("GET / HTTP/1.1\r\nHost: x\r\n" + "A: bbbbbbbb\r\n".repeat(2000) + "\r\n");
        assertThat(client.read().status()).isEqualTo(431);
      }
      try (RawClient client = new RawClient(server.port())) {
        client.send("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(414);
      }
    }
  }

  @Test
  void oneConnectionTooManyIsTurnedAwayWithWords() throws Exception {
    var options = OPTIONS.withConnections(2, Duration.ofSeconds(60));
    try (HttpServer server = HttpServer.start(options, this::echo);
        RawClient first = new RawClient(server.port());
        RawClient second = new RawClient(server.port())) {
      String get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
      assertThat(first.send(get).read().status()).isEqualTo(200);
      assertThat(second.send(get).read().status()).isEqualTo(200);
      try (RawClient third = new RawClient(server.port())) {
        assertThat(third.read().status()).isEqualTo(503);
        assertThat(third.ended()).isTrue();
      }
      assertThat(first.send(get).read().status()).isEqualTo(200);
    }
  }

  @Test
  void silenceEndsTheConnection() throws Exception {
    var options = OPTIONS.withConnections(100, Duration.ofMillis(100));
    try (HttpServer server = HttpServer.start(options, this::echo);
        RawClient silent = new RawClient(server.port());
        RawClient stuckInHead = new RawClient(server.port());
        RawClient stuckInBody = new RawClient(server.port())) {
      stuckInHead.send("GET / HTTP/1.1\r\nHo");
      stuckInBody.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
      assertThat(silent.ended()).isTrue();
      assertThat(stuckInHead.ended()).isTrue();
      assertThat(stuckInBody.read().status()).isEqualTo(408);
      assertThat(stuckInBody.ended()).isTrue();
    }
  }

  @Test
  void whoDoesNotReadIsNotServedOn() throws Exception {
    byte[] large = "x".repeat(100_000).getBytes(UTF_8);
    Handler handler =
        _ -> {
          handled.incrementAndGet();
          return Answer.of(200, "text/plain", large);
        };
    try (HttpServer server = HttpServer.start(OPTIONS, handler);
        RawClient client = new RawClient(server.port());
        RawClient other = new RawClient(server.port())) {
      String get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
      client.send(get.repeat(1000));
      for (int i = 0; i < 20; i++) {
        assertThat(other.send(get).read().status()).isEqualTo(200);
      }
      // 1000 answers are 100 MB; what the kernel's buffers take is a few.
      assertThat(handled.get()).isLessThan(500);
      for (int i = 0; i < 1000; i++) {
        assertThat(client.read().body()).hasSize(100_000);
      }
    }
  }

  @Test
  void whoNeverReadsIsCutOff() throws Exception {
    byte[] large = "x".repeat(20_000_000).getBytes(UTF_8);
    CountDownLatch gone = new CountDownLatch(1);
    Handler handler =
        _ ->
            Answer.streamed(
                stream -> {
                  stream.onGone(gone::countDown);
                  stream.start(200, new io.netty.handler.codec.http.DefaultHttpHeaders());
                  stream.write(Unpooled.wrappedBuffer(large));
                  stream.flush();
                });
    var options = OPTIONS.withConnections(10, Duration.ofMillis(100));
    try (HttpServer server = HttpServer.start(options, handler);
        RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aHandlerLearnsThatItsClientHasLeft() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    Handler handler =
        _ ->
            Answer.streamed(
                stream -> {
                  stream.onGone(gone::countDown);
                  arrived.countDown();
                });
    try (HttpServer server = HttpServer.start(OPTIONS, handler)) {
      try (RawClient client = new RawClient(server.port())) {
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
