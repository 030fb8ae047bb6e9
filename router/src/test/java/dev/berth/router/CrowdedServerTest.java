package dev.berth.router;

import static dev.berth.router.RouterFixture.fleet;
import static dev.berth.router.RouterFixture.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.router.RawClient.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that have no room for the requests that cost them most. */
class CrowdedServerTest {
  @TempDir private Path directory;

  @Test
  void whatACrowdedServerRefusesGoesElsewhereAndSmallerRequestsStillGoThere() throws Exception {
    String large = "x".repeat(20_000);
    try (ModelStub crowded =
            ModelStub.answering(
                request ->
                    request.body().readableBytes() < large.length()
                        ? ModelStub.text(200, "crowded")
                        : ModelStub.text(429, "full").withHeader("Retry-After", "7"));
        ModelStub good = ModelStub.named("good");
        RouterFixture router =
            new RouterFixture(
                directory,
                route("two", 1, fleet("v", 1, crowded.address(), good.address())),
                route("one", 1, fleet("v", 1, crowded.address())));
        RawClient client = router.client()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.invoke("two", large).body()).isEqualTo("good");
        Reply refused = client.invoke("one", large);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isNotEmpty();
        assertThat(client.invoke("one", "x").body()).isEqualTo("crowded");
      }
    }
  }
}
