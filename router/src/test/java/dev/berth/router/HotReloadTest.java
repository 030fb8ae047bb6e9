package dev.berth.router;

import static dev.berth.router.RouterFixture.fleet;
import static dev.berth.router.RouterFixture.route;
import static dev.berth.router.RouterFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens around running requests: new tables, dying servers, the router's own end. */
class HotReloadTest {
  @TempDir private Path directory;

  @Test
  void tablesChangeUnderLoadAndNoRequestFails() throws Exception {
    try (ModelStub one = ModelStub.named("one");
        ModelStub two = ModelStub.named("two");
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v1", 1, one.address())))) {
      SteadyLoad load = SteadyLoad.start(router.port(), "e", 8);
      for (int generation = 2; generation <= 10; generation++) {
        load.more(200);
        ModelStub next = generation % 2 == 0 ? two : one;
        ModelStub last = generation % 2 == 0 ? one : two;
        router.takes(route("e", generation, fleet("v" + generation % 2, 1, next.address())));
        // Eight were on their way at most when the table was taken.
        int before = last.requests();
        load.more(200);
        assertThat(last.requests() - before).isLessThanOrEqualTo(8);
      }
      assertThat(load.stop()).isEmpty();
      assertThat(load.answered("one")).isPositive();
      assertThat(load.answered("two")).isPositive();
    }
  }

  @Test
  void nonsenseAndAbsenceChangeNothingAndAreCountedOnce() throws Exception {
    try (ModelStub one = ModelStub.named("one");
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, one.address())));
        RawClient client = router.client()) {
      router.write("{\"routes\":[{\"endpoint\":");
      until(() -> router.metric("berth_router_tables_rejected_total") == 1);
      assertThat(client.invoke("e", "x").body()).isEqualTo("one");
      router.deleteTable();
      until(() -> router.metric("berth_router_tables_rejected_total") == 2);
      assertThat(client.invoke("e", "x").body()).isEqualTo("one");
      assertThat(router.adminStatus("/ready").statusCode()).isEqualTo(200);
      router.takes(route("e", 2, fleet("v", 1, one.address())));
      assertThat(router.metric("berth_router_tables_rejected_total")).isEqualTo(2);
    }
  }

  @Test
  void isNotReadyBeforeItsFirstTable() throws Exception {
    try (RouterFixture router = RouterFixture.withoutTable(directory);
        RawClient client = router.client()) {
      assertThat(router.adminStatus("/ready").statusCode()).isEqualTo(503);
      assertThat(router.adminStatus("/live").statusCode()).isEqualTo(200);
      assertThat(client.send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n").read(false).status())
          .isEqualTo(503);
      router.takes(route("e", 1));
      assertThat(router.adminStatus("/ready").statusCode()).isEqualTo(200);
      assertThat(client.invoke("e", "x").status()).isEqualTo(503);
    }
  }

  @Test
  void aServerDiesUnderLoadAndNoRequestFails() throws Exception {
    List<ModelStub> servers = new ArrayList<>();
    try (ModelStub one = ModelStub.named("one")) {
      ModelStub two = ModelStub.named("two");
      servers.add(two);
      try (RouterFixture router =
          new RouterFixture(
              directory, route("e", 1, fleet("v", 1, one.address(), two.address())))) {
        SteadyLoad load = SteadyLoad.start(router.port(), "e", 8);
        load.more(1000);
        two.close();
        load.more(1000);
        try (ModelStub again = ModelStub.named("again", two.port())) {
          until(() -> load.answered("again") > 100);
          assertThat(again.requests()).isPositive();
        }
        load.more(500);
        assertThat(load.stop()).isEmpty();
        assertThat(load.answered("two")).isPositive();
      }
    }
    assertThat(servers).hasSize(1);
  }

  @Test
  void aServerDrainsUnderLoadAndNoRequestFails() throws Exception {
    try (ModelStub one = ModelStub.named("one");
        ModelStub two = ModelStub.named("two");
        RouterFixture router =
            new RouterFixture(
                directory, route("e", 1, fleet("v", 1, one.address(), two.address())))) {
      SteadyLoad load = SteadyLoad.start(router.port(), "e", 8);
      load.more(1000);
      assertThat(two.server().drain(Duration.ofMillis(200), Duration.ofSeconds(10))).isTrue();
      load.more(1000);
      assertThat(load.stop()).isEmpty();
    }
  }

  @Test
  void theOnlyServerIsKilledAndReplacedAndNoRequestFails() throws Exception {
    ModelStub one = ModelStub.named("one");
    try (RouterFixture router =
        new RouterFixture(directory, route("e", 1, fleet("v", 1, one.address())))) {
      SteadyLoad load = SteadyLoad.start(router.port(), "e", 8);
      load.more(500);
      one.close();
      until(() -> router.metric("berth_router_waiting") > 0);
      try (ModelStub two = ModelStub.named("two")) {
        router.takes(route("e", 1, fleet("v", 1, two.address())));
        load.more(500);
        assertThat(load.stop()).isEmpty();
        assertThat(load.answered("two")).isPositive();
      }
    }
  }

  @Test
  void drainsUnderLoadAndNoRequestFails() throws Exception {
    try (ModelStub one = ModelStub.named("one");
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, one.address())))) {
      SteadyLoad load = SteadyLoad.start(router.port(), "e", 8);
      load.more(1000);
      Thread drain =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      router.process().drain();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      until(() -> router.adminStatus("/ready").statusCode() == 503);
      drain.join();
      assertThat(load.untilRefused()).isEmpty();
    }
  }
}
