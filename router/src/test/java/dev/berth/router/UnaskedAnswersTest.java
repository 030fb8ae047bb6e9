package dev.berth.router;

import static dev.berth.router.RouterFixture.fleet;
import static dev.berth.router.RouterFixture.route;
import static dev.berth.router.RouterFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Servers that answer more than they were asked, and clients that have their next request ready.
 */
class UnaskedAnswersTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(
      value = FaultyServer.Fault.class,
      names = {"TWO_ANSWERS", "TWO_CHUNKED_ANSWERS"})
  void anAnswerThatNobodyAskedForIsNotTheNextOnes(FaultyServer.Fault fault) throws Exception {
    try (FaultyServer faulty = new FaultyServer(fault);
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, faulty.address())));
        RawClient client = router.client()) {
      String request = "GET /endpoints/e/invocations HTTP/1.1\r\nHost: x\r\n\r\n";
      client.send(request.repeat(10));
      for (int i = 0; i < 10; i++) {
        assertThat(client.read(false).body()).isEqualTo("asked");
      }
      until(() -> faulty.closedByPeer() == 10);
    }
  }
}
