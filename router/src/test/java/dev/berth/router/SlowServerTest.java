package dev.berth.router;

import static dev.berth.router.RouterFixture.fleet;
import static dev.berth.router.RouterFixture.route;
import static dev.berth.router.RouterFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.serving.http.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes its time holds up its own requests and nobody else's. */
@Timeout(120)
class SlowServerTest {
  private static final int WAITING = 500;

  @TempDir private Path directory;

  @Test
  void othersAreAnsweredWhileHundredsWaitForIt() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    List<RawClient> waiting = new ArrayList<>();
    try (ModelStub slow = held(released);
        ModelStub fast = ModelStub.named("fast");
        RouterFixture router =
            new RouterFixture(
                directory,
                route("slow", 1, fleet("v", 1, slow.address())),
                route("fast", 1, fleet("v", 1, fast.address())));
        RawClient client = router.client()) {
      for (int i = 0; i < WAITING; i++) {
        waiting.add(router.client().send(invocation("slow")));
      }
      until(() -> slow.requests() == WAITING);
      for (int i = 0; i < 1000; i++) {
        assertThat(client.invoke("fast", "x").body()).isEqualTo("fast");
      }
      assertThat(router.metric("berth_router_in_flight")).isEqualTo(WAITING);
      released.countDown();
      for (RawClient each : waiting) {
        assertThat(each.read(false).body()).isEqualTo("slow");
      }
    } finally {
      released.countDown();
      for (RawClient each : waiting) {
        each.close();
      }
    }
  }

  @Test
  void itsFleetsOtherServerGetsWhatItDoesNotTake() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    try (ModelStub slow = held(released);
        ModelStub fast = ModelStub.named("fast");
        RouterFixture router =
            new RouterFixture(
                directory, route("e", 1, fleet("v", 1, slow.address(), fast.address())));
        RawClient first = router.client();
        RawClient second = router.client()) {
      // Both are idle, so chance decides: until the slow one has a request.
      first.send(invocation("e"));
      until(() -> slow.requests() + fast.requests() == 1);
      while (slow.requests() == 0) {
        assertThat(first.read(false).body()).isEqualTo("fast");
        int before = fast.requests();
        first.send(invocation("e"));
        until(() -> slow.requests() + fast.requests() == before + 1);
      }
      for (int i = 0; i < 1000; i++) {
        assertThat(second.invoke("e", "x").body()).isEqualTo("fast");
      }
      assertThat(slow.requests()).isEqualTo(1);
      released.countDown();
      assertThat(first.read(false).body()).isEqualTo("slow");
    } finally {
      released.countDown();
    }
  }

  private static String invocation(String endpoint) {
    return "POST /endpoints/" + endpoint + "/invocations HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static ModelStub held(CountDownLatch released) {
    return ModelStub.answering(
        _ ->
            Answer.later(
                task -> Thread.ofVirtual().start(task),
                () -> {
                  released.await();
                  return ModelStub.text(200, "slow");
                }));
  }
}
