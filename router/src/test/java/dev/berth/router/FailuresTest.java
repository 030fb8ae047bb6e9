package dev.berth.router;

import static dev.berth.router.RouterFixture.fleet;
import static dev.berth.router.RouterFixture.limited;
import static dev.berth.router.RouterFixture.route;
import static dev.berth.router.RouterFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.router.RawClient.Reply;
import dev.berth.serving.http.Answer;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that die, lie or hang, and what clients see of it. */
class FailuresTest {
  @TempDir private Path directory;

  private static String nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + free.getLocalPort();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyServer.Fault.class,
      names = {"RESET", "CLOSE"})
  void aServerThatHangsUpBeforeAnsweringIsPassedOver(FaultyServer.Fault fault) throws Exception {
    try (FaultyServer faulty = new FaultyServer(fault);
        ModelStub good = ModelStub.named("good");
        RouterFixture router =
            new RouterFixture(
                directory, route("e", 1, fleet("v", 1, faulty.address(), good.address())));
        RawClient client = router.client()) {
      until(
          () -> {
            assertThat(client.invoke("e", "x").body()).isEqualTo("good");
            return router.metric("berth_router_ejections_total") > 0;
          });
      int before = faulty.requests();
      assertThat(before).isEqualTo(3);
      assertThat(client.invoke("e", "x").body()).isEqualTo("good");
      assertThat(router.metric("berth_router_retries_total")).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void aServerThatIsNotThereIsPassedOverAndComesBack() throws Exception {
    String gone = nobody();
    try (ModelStub good = ModelStub.named("good");
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, gone, good.address())));
        RawClient client = router.client()) {
      for (int i = 0; i < 50; i++) {
        assertThat(client.invoke("e", "x").body()).isEqualTo("good");
      }
      int port = Integer.parseInt(gone.substring(gone.indexOf(':') + 1));
      try (ModelStub back = ModelStub.named("back", port)) {
        until(() -> client.invoke("e", "x").body().equals("back"));
        assertThat(back.requests()).isPositive();
      }
    }
  }

  @Test
  void aFleetThatIsNotThereGivesWayToAnother() throws Exception {
    try (ModelStub good = ModelStub.named("good");
        RouterFixture router =
            new RouterFixture(
                directory, route("e", 1, fleet("v", 9, nobody()), fleet("w", 1, good.address())));
        RawClient client = router.client()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.invoke("e", "x").body()).isEqualTo("good");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyServer.Fault.class,
      names = {"BREAK_OFF_IN_HEAD", "GARBAGE", "TWO_LENGTHS"})
  void anAnswerThatMakesNoSenseIsTheModelsFailureAndNotRetried(FaultyServer.Fault fault)
      throws Exception {
    try (FaultyServer faulty = new FaultyServer(fault);
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, faulty.address())));
        RawClient client = router.client()) {
      Reply reply = client.invoke("e", "x");
      assertThat(reply.status()).isEqualTo(424);
      assertThat(reply.body()).contains("broke off");
      assertThat(faulty.requests()).isEqualTo(1);
      assertThat(client.invoke("e", "x").status()).isEqualTo(424);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsCutSoThatNobodyTakesItForWhole() throws Exception {
    try (FaultyServer faulty = new FaultyServer(FaultyServer.Fault.BREAK_OFF);
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, faulty.address())));
        RawClient client = router.client()) {
      assertThatThrownBy(() -> client.invoke("e", "x")).isInstanceOf(IOException.class);
      assertThat(router.metric("berth_router_requests_total", "code=\"502\"")).isEqualTo(1);
    }
  }

  @Test
  void aRequestThatMakesEveryServerHangUpIsGivenUp() throws Exception {
    try (FaultyServer faulty = new FaultyServer(FaultyServer.Fault.CLOSE);
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, faulty.address())));
        RawClient client = router.client()) {
      Reply reply = client.invoke("e", "x");
      assertThat(reply.status()).isEqualTo(424);
      assertThat(reply.body()).contains("without an answer");
      assertThat(faulty.requests()).isEqualTo(3);
    }
  }

  @Test
  void aServerThatHangsIsGivenUpAndItsConnectionClosed() throws Exception {
    try (FaultyServer faulty = new FaultyServer(FaultyServer.Fault.HANG);
        RouterFixture router =
            new RouterFixture(
                directory, limited(route("e", 1, fleet("v", 1, faulty.address())), 100, 1, 1));
        RawClient client = router.client()) {
      Reply reply = client.invoke("e", "x");
      assertThat(reply.status()).isEqualTo(504);
      assertThat(reply.body()).contains("within 1 s");
      until(() -> faulty.closedByPeer() == 1);
      assertThat(faulty.requests()).isEqualTo(1);
    }
  }

  @Test
  void aClientThatLeavesTakesItsRequestAlong() throws Exception {
    try (FaultyServer hanging = new FaultyServer(FaultyServer.Fault.HANG);
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, hanging.address())))) {
      try (RawClient client = router.client()) {
        client.send("GET /endpoints/e/invocations HTTP/1.1\r\nHost: x\r\n\r\n");
        until(() -> hanging.requests() == 1);
        assertThat(router.metric("berth_router_in_flight")).isEqualTo(1);
      }
      until(() -> hanging.closedByPeer() == 1);
      until(() -> router.metric("berth_router_requests_total", "code=\"499\"") == 1);
      assertThat(router.metric("berth_router_in_flight")).isZero();
    }
  }

  @Test
  void aFailingModelIs424WithItsStatusAndWords() throws Exception {
    try (ModelStub failing =
            ModelStub.answering(_ -> ModelStub.text(500, "{\"message\":\"division by zero\"}"));
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, failing.address())));
        RawClient client = router.client()) {
      for (int i = 0; i < 10; i++) {
        Reply reply = client.invoke("e", "x");
        assertThat(reply.status()).isEqualTo(424);
        assertThat(reply.header("x-amzn-invoked-production-variant")).isEqualTo("v");
        assertThat(reply.body())
            .contains("\"code\":\"ModelError\"")
            .contains("\"OriginalStatusCode\":500")
            .contains("\"OriginalMessage\":\"division by zero\"");
      }
      assertThat(failing.requests()).isEqualTo(10);
    }
  }

  @Test
  void whatTheModelSaysAboutTheRequestPasses() throws Exception {
    try (ModelStub picky = ModelStub.answering(_ -> ModelStub.text(415, "no such media type"));
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, picky.address())));
        RawClient client = router.client()) {
      Reply reply = client.invoke("e", "x");
      assertThat(reply.status()).isEqualTo(415);
      assertThat(reply.body()).isEqualTo("no such media type");
    }
  }

  @Test
  void aBusyServersRequestsGoElsewhereAndIfThereIsNoneTheClientIsTold() throws Exception {
    try (ModelStub busy =
            ModelStub.answering(_ -> ModelStub.text(503, "busy").withHeader("Retry-After", "7"));
        ModelStub good = ModelStub.named("good");
        RouterFixture router =
            new RouterFixture(
                directory,
                route("two", 1, fleet("v", 1, busy.address(), good.address())),
                route("one", 1, fleet("v", 1, busy.address())));
        RawClient client = router.client()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.invoke("two", "x").body()).isEqualTo("good");
      }
      Reply reply = client.invoke("one", "x");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("retry-after")).isNotEmpty();
    }
  }

  @Test
  void noServerIs503AndComesBackWithinTheWait() throws Exception {
    String gone = nobody();
    try (RouterFixture router =
            new RouterFixture(
                directory, route("never", 1, fleet("v", 1)), route("e", 1, fleet("v", 1, gone)));
        RawClient client = router.client()) {
      Reply never = client.invoke("never", "x");
      assertThat(never.status()).isEqualTo(503);
      assertThat(never.header("retry-after")).isEqualTo("1");
      client.send("POST /endpoints/e/invocations HTTP/1.1\r\nHost: x\r\n\r\n");
      until(() -> router.metric("berth_router_waiting") == 1);
      int port = Integer.parseInt(gone.substring(gone.indexOf(':') + 1));
      try (ModelStub back = ModelStub.named("back", port)) {
        assertThat(client.read(false).body()).isEqualTo("back");
        assertThat(router.metric("berth_router_waiting")).isZero();
        assertThat(back.requests()).isEqualTo(1);
      }
    }
  }

  @Test
  void theQueueForAServerIsBounded() throws Exception {
    try (RouterFixture router =
            new RouterFixture(
                directory, limited(route("e", 1, fleet("v", 1, nobody())), 100, 60, 1));
        RawClient first = router.client();
        RawClient second = router.client()) {
      first.send("POST /endpoints/e/invocations HTTP/1.1\r\nHost: x\r\n\r\n");
      until(() -> router.metric("berth_router_waiting") == 1);
      Reply refused = second.invoke("e", "x");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("retry-after")).isEqualTo("1");
      assertThat(first.read(false).status()).isEqualTo(503);
    }
  }

  @Test
  void aSlowClientSlowsItsServerDownInsteadOfFillingTheRouter() throws Exception {
    AtomicLong written = new AtomicLong();
    long size = 200L << 20;
    try (ModelStub large =
            ModelStub.answering(
                _ ->
                    Answer.streamed(
                        stream -> {
                          var headers = new DefaultHttpHeaders();
                          headers.set("content-length", size);
                          stream.start(200, headers);
                          Runnable more =
                              () -> {
                                while (stream.isWritable() && written.get() < size) {
                                  stream.write(Unpooled.wrappedBuffer(new byte[1 << 16]));
                                  written.addAndGet(1 << 16);
                                }
                                stream.flush();
                                if (written.get() == size) {
                                  stream.end();
                                }
                              };
                          stream.onWritable(more);
                          more.run();
                        }));
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, large.address())));
        RawClient slow = router.client();
        RawClient other = router.client()) {
      slow.send("POST /endpoints/e/invocations HTTP/1.1\r\nHost: x\r\n\r\n");
      until(() -> written.get() > 0);
      for (int i = 0; i < 200; i++) {
        other.invoke("nobody", "");
      }
      assertThat(written.get()).isLessThan(size / 2);
      assertThat(slow.read(false).body()).hasSize((int) size);
    }
  }
}
