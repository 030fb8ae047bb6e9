package dev.berth.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.EndpointStatus.LastFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTableTest {
  private static final LastFailure FAILURE =
      new LastFailure("v2", "r2", 2L, "ChecksumMismatch", "sha256 is not ab12", "");

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    assertThat(
            EndpointTable.lines(
                List.of(
                    Endpoints.updating("housing", "2 of 2 servers"),
                    Endpoints.unreported("a-new-one"))))
        .containsExactly(
            "ENDPOINT    PHASE                   CONFIG   REVISION   READY"
                + "                    MESSAGE",
            "housing     Updating/Provisioning   v1       r1         stable 2/2, canary 0/1"
                + "   2 of 2 servers",
            "a-new-one");
  }

  @Test
  void aMessageIsWhatIsWaitedForOrWhatIsWrongOrWhatWentWrongLast() {
    assertThat(EndpointTable.message(Endpoints.updating("a", "a word").getStatus()))
        .isEqualTo("a word");
    assertThat(EndpointTable.message(Endpoints.serving("a", 2, "False", FAILURE).getStatus()))
        .isEqualTo("not well");
    assertThat(EndpointTable.message(Endpoints.serving("a", 2, "True", FAILURE).getStatus()))
        .isEqualTo("last update failed: sha256 is not ab12");
    assertThat(EndpointTable.message(Endpoints.serving("a", 2, "True", null).getStatus()))
        .isEmpty();
  }

  @Test
  void inServiceMeansThatTheSpecOfNowServesAndIsReady() {
    assertThat(EndpointTable.inService(Endpoints.serving("a", 2, "True", null))).isTrue();
    assertThat(EndpointTable.inService(Endpoints.serving("a", 1, "True", null))).isFalse();
    assertThat(EndpointTable.inService(Endpoints.serving("a", 2, "False", null))).isFalse();
    assertThat(EndpointTable.inService(Endpoints.updating("a", ""))).isFalse();
    assertThat(EndpointTable.inService(Endpoints.unreported("a"))).isFalse();
  }
}
