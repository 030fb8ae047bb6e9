package dev.berth.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.serving.http.RawClient.Reply;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What handlers and well-behaved clients can count on. */
class HttpServerTest {
  private static final HttpServerOptions OPTIONS =
      HttpServerOptions.defaults().on("127.0.0.1", 0).withThreads(2);

  private static Answer.Whole text(String text) {
    return Answer.of(200, "text/plain", text.getBytes(UTF_8));
  }

  private static String body(Request request) {
    return request.body().toString(UTF_8);
  }

  @Test
  void answersWithWhatTheHandlerMade() throws Exception {
    Handler handler = r -> text(r.method() + " " + r.path() + " ? " + r.query() + " " + body(r));
    try (HttpServer server = HttpServer.start(OPTIONS, handler);
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/a/b?c=d&e");
      var answer =
          client.send(
              HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("1,2")).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("POST /a/b ? c=d&e 1,2");
      assertThat(answer.headers().firstValue("date")).isPresent();
      assertThat(answer.headers().firstValue("content-type")).contains("text/plain");
    }
  }

  @Test
  void acceptsTheAbsoluteForm() throws Exception {
    try (HttpServer server = HttpServer.start(OPTIONS, r -> text(r.target()));
        RawClient client = new RawClient(server.port())) {
      assertThat(client.send("GET http://x/ping?a HTTP/1.1\r\nHost: x\r\n\r\n").read().body())
          .isEqualTo("/ping?a");
    }
  }

  @Test
  void putsLargeAndChunkedBodiesTogether() throws Exception {
    Handler handler = r -> text(r.body().readableBytes() + " " + ByteBufUtil.hashCode(r.body()));
    String large = "0123456789abcdef".repeat(50_000);
    String expected =
        large.length() + " " + ByteBufUtil.hashCode(Unpooled.wrappedBuffer(large.getBytes(UTF_8)));
    try (HttpServer server = HttpServer.start(OPTIONS, handler);
        RawClient client = new RawClient(server.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + large.length() + "\r\n\r\n");
      assertThat(client.send(large).read().body()).isEqualTo(expected);
      client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("3e8\r\n" + large.substring(0, 1000) + "\r\n");
      client.send(Integer.toHexString(large.length() - 1000) + ";x=y\r\n" + large.substring(1000));
      assertThat(client.send("\r\n0\r\nTrailer: z\r\n\r\n").read().body()).isEqualTo(expected);
    }
  }

  @Test
  void answersPipelinedRequestsInOrderThoughTheFirstTakesLonger() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    try (ExecutorService workers = Executors.newCachedThreadPool()) {
      Handler handler =
          r ->
              switch (r.path()) {
                case "/slow" ->
                    Answer.later(
                        workers,
                        () -> {
                          second.await(200, TimeUnit.MILLISECONDS);
                          return text("slow");
                        });
                default -> {
                  second.countDown();
                  yield text(r.path());
                }
              };
      try (HttpServer server = HttpServer.start(OPTIONS, handler);
          RawClient client = new RawClient(server.port())) {
        String get = " HTTP/1.1\r\nHost: x\r\n\r\n";
        client.send("GET /slow" + get + "GET /2" + get + "GET /slow" + get + "GET /4" + get);
        assertThat(client.read().body()).isEqualTo("slow");
        assertThat(client.read().body()).isEqualTo("/2");
        assertThat(client.read().body()).isEqualTo("slow");
        assertThat(client.read().body()).isEqualTo("/4");
      }
    }
  }

  @Test
  void answersThousandsOfPipelinedRequests() throws Exception {
    try (HttpServer server = HttpServer.start(OPTIONS, r -> text(r.path()));
        RawClient client = new RawClient(server.port())) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 5000; i++) {
        requests.append("GET /").append(i).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
      }
      client.send(requests.toString());
      for (int i = 0; i < 5000; i++) {
        assertThat(client.read().body()).isEqualTo("/" + i);
      }
    }
  }

  @Test
  void aThrowingHandlerIsA500AndTheConnectionLives() throws Exception {
    try (ExecutorService workers = Executors.newCachedThreadPool()) {
      Handler handler =
          r ->
              switch (r.path()) {
                case "/throws" -> throw new IllegalStateException("no secret of ours");
                case "/later" ->
                    Answer.later(
                        workers,
                        () -> {
                          throw new StackOverflowError("deep");
                        });
                default -> text("fine");
              };
      try (HttpServer server = HttpServer.start(OPTIONS, handler);
          RawClient client = new RawClient(server.port())) {
        for (String path : new String[] {"/throws", "/later"}) {
          Reply failure = client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").read();
          assertThat(failure.status()).isEqualTo(500);
          assertThat(failure.headers()).containsEntry("content-type", "application/json");
          assertThat(failure.body())
              .contains("\"code\":\"InternalFailure\"")
              .contains("\"requestId\":\"" + failure.headers().get("x-amzn-requestid"))
              .doesNotContain("secret");
        }
        assertThat(client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").read().body())
            .isEqualTo("fine");
      }
    }
  }

  @Test
  void aFullExecutorIsA503() throws Exception {
    Executor full =
        _ -> {
          throw new RejectedExecutionException();
        };
    try (HttpServer server = HttpServer.start(OPTIONS, _ -> Answer.later(full, () -> text("")));
        RawClient client = new RawClient(server.port())) {
      Reply reply = client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").read();
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.headers()).containsEntry("retry-after", "1");
    }
  }

  @Test
  void answersHeadWithoutBody() throws Exception {
    try (HttpServer server = HttpServer.start(OPTIONS, r -> text(r.method()));
        RawClient client = new RawClient(server.port())) {
      Reply head = client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n").read(true);
      assertThat(head.headers()).containsEntry("content-length", "4");
      assertThat(client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").read().body()).isEqualTo("GET");
    }
  }

  @Test
  void keepsToWhatTheClientSaysAboutTheConnection() throws Exception {
    try (HttpServer server = HttpServer.start(OPTIONS, r -> text("x"))) {
      try (RawClient client = new RawClient(server.port())) {
        client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(client.read().headers()).containsEntry("connection", "close");
        assertThat(client.ended()).isTrue();
      }
      try (RawClient client = new RawClient(server.port())) {
        assertThat(client.send("GET / HTTP/1.0\r\n\r\n").read().body()).isEqualTo("x");
        assertThat(client.ended()).isTrue();
      }
      try (RawClient client = new RawClient(server.port())) {
        String request = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
        assertThat(client.send(request).read().headers()).containsEntry("connection", "keep-alive");
        assertThat(client.send(request).read().body()).isEqualTo("x");
      }
    }
  }

  @Test
  void asksForTheBodyWhenTheClientWaits() throws Exception {
    try (HttpServer server = HttpServer.start(OPTIONS, r -> text(body(r)));
        RawClient client = new RawClient(server.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n");
      assertThat(client.send("\r\n").read().status()).isEqualTo(100);
      assertThat(client.send("abc").read().body()).isEqualTo("abc");
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: miracles\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(417);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void streamsInChunksOrByLengthAndSaysWhenAStreamBroke() throws Exception {
    Handler handler =
        r ->
            Answer.streamed(
                stream -> {
                  var headers = new DefaultHttpHeaders();
                  if (r.path().equals("/length")) {
                    headers.set("content-length", 6);
                  }
                  stream.start(200, headers);
                  stream.write(Unpooled.copiedBuffer("abc", UTF_8));
                  stream.flush();
                  if (r.path().equals("/broken")) {
                    stream.fail();
                  }
                  stream.write(Unpooled.copiedBuffer("def", UTF_8));
                  stream.end();
                });
    try (HttpServer server = HttpServer.start(OPTIONS, handler);
        RawClient client = new RawClient(server.port())) {
      assertThat(client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").read().body())
          .isEqualTo("abcdef");
      assertThat(client.send("GET /length HTTP/1.1\r\nHost: x\r\n\r\n").read().body())
          .isEqualTo("abcdef");
      client.send("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(org.assertj.core.api.Assertions.catchThrowable(client::read))
          .isInstanceOf(java.io.IOException.class);
      try (RawClient old = new RawClient(server.port())) {
        assertThat(old.send("GET / HTTP/1.0\r\n\r\n").read().body()).isEqualTo("abcdef");
      }
    }
  }

  @Test
  void drainsWithoutLosingWhatRuns() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (ExecutorService workers = Executors.newCachedThreadPool()) {
      Handler handler =
          _ ->
              Answer.later(
                  workers,
                  () -> {
                    arrived.countDown();
                    release.await();
                    return text("done");
                  });
      try (HttpServer server = HttpServer.start(OPTIONS, handler);
          RawClient idle = new RawClient(server.port());
          RawClient busy = new RawClient(server.port())) {
        busy.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        arrived.await();
        Future<Boolean> drained =
            workers.submit(() -> server.drain(Duration.ofMillis(50), Duration.ofSeconds(20)));
        assertThat(idle.ended()).isTrue();
        release.countDown();
        Reply reply = busy.read();
        assertThat(reply.body()).isEqualTo("done");
        assertThat(reply.headers()).containsEntry("connection", "close");
        assertThat(busy.ended()).isTrue();
        assertThat(drained.get()).isTrue();
      }
    }
  }

  @Test
  void aDrainThatTakesTooLongSaysSo() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    Handler never = _ -> Answer.streamed(_ -> arrived.countDown());
    try (HttpServer server = HttpServer.start(OPTIONS, never);
        RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      arrived.await();
      assertThat(server.drain(Duration.ZERO, Duration.ofMillis(50))).isFalse();
    }
  }
}
