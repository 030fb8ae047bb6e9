package dev.berth.planner.endpoint;

import dev.berth.planner.world.Story;
import dev.berth.planner.world.Story.Accident;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The spec may change at any step: what serves goes on serving. */
class ChangeOfMindTest {

  @ParameterizedTest
  @EnumSource
  void anotherConfigWhileTheFirstIsProvisioned(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2 | step Provisioning; fleets v1 v2
        configure v3 | Updating; from v1 to v3; step Provisioning; route v1; fleets v1 v2 v3; kept v2; look in 5s; events Updating
        routers obey | fleets v1 v2 v3
        pass 5S      | fleets v1 v3; route v1
        v3 ready     | step Shifting; route v3
        routers obey | step Terminating; fleets v1 v3
        pass 60S     | InService; fleets v3; previous v1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anotherConfigWhileTrafficIsShifting(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2    | step Provisioning
        v2 ready        | step Shifting; route v2
        router r1 obeys | step Shifting
        configure v3    | Updating; from v1 to v3; step Provisioning; route v1; fleets v1 v2 v3; serving v1
        v3 ready        | step Shifting; route v3; fleets v1 v2 v3
        router r1 obeys | fleets v1 v2 v3
        router r2 obeys | step Terminating; fleets v1 v2 v3
        pass 5S         | step Terminating; fleets v1 v3
        pass 55S        | InService; fleets v3
        """);
  }

  @ParameterizedTest
  // A status from before the shift would lead traffic back for a moment: routers speak again then.
  @EnumSource(mode = Mode.EXCLUDE, names = "READS_AN_OLD_STATUS")
  void anotherConfigWhileTheOldFleetIsEnding(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2 | step Provisioning
        v2 ready     | step Shifting
        routers obey | step Terminating; serving v2
        configure v3 | step Provisioning; from v2 to v3; serving v2; route v2; fleets v1 v2 v3
        pass 5S      | fleets v2 v3; route v2
        v3 ready     | step Shifting
        routers obey | step Terminating; fleets v2 v3
        pass 60S     | InService; fleets v3; previous v2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void backWhileTheNewFleetIsProvisioned(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2 | step Provisioning
        configure v1 | RollingBack; step RollingBack; route v1; fleets v1 v2; no failure; look in 5s; events RollingBack
        pass 5S      | InService; fleets v1; Ready=True; no failure; events InService
        """);
  }

  @ParameterizedTest
  @EnumSource
  void backWhileTrafficIsShiftingIsAtOnce(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2    | step Provisioning
        v2 ready        | step Shifting
        router r1 obeys | step Shifting; shifted 50
        configure v1    | RollingBack; route v1; fleets v1 v2; shifted 100; waiting for router r1, router r2
        router r2 obeys | fleets v1 v2; shifted 50
        router r1 obeys | fleets v1 v2; shifted 0; look in 5s; v2/stable is Draining
        pass 5S         | InService; fleets v1; serving v1; Ready=True; no failure
        """);
  }

  @ParameterizedTest
  @EnumSource
  void backFromTheBakeIsAtOnce(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        update wait=300 | InService
        configure v2    | step Provisioning
        v2 ready        | step Shifting
        routers obey    | step Baking; look in 300s
        configure v1    | RollingBack; route v1; fleets v1 v2
        routers obey    | RollingBack; look in 5s
        pass 5S         | InService; fleets v1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void backWhileTheOldFleetIsStillWarmNeedsNoNewFleet(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2 | step Provisioning
        v2 ready     | step Shifting
        routers obey | step Terminating; serving v2
        configure v1 | Updating; step Shifting; from v2 to v1; route v1; fleets v1 v2
        routers obey | step Terminating; serving v1; fleets v1 v2
        pass 60S     | InService; fleets v1; previous v2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void backToAFleetThatIsDownWaitsUntilItIsUp(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        update wait=300 | InService
        configure v2    | step Provisioning
        v2 ready        | step Shifting
        routers obey    | step Baking
        v1 has 0        | step Baking; route v2; Serving=True
        configure v1    | Updating; step Provisioning; from v2 to v1; serving v2; route v2; fleets v1 v2
        v1 ready        | step Shifting; route v1
        routers obey    | step Baking
        pass 300S       | step Terminating; serving v1
        pass 60S        | InService; fleets v1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anEditOfSomethingElseDoesNotDisturbAnUpdate(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2 | step Provisioning; look in 120s
        pass 60S     | step Provisioning; look in 60s
        limit 1000   | step Provisioning; look in 60s; limit 1000 bytes, 60 s, queue 100
        v2 ready     | step Shifting
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aMissingConfigInTheMiddleOfAnotherUpdateCallsThatOff(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2   | step Provisioning
        lose config v3 | step Provisioning
        configure v3   | RollingBack; ConfigAccepted=False EndpointConfigNotFound; route v1; no failure
        pass 5S        | InService; fleets v1; Ready=False EndpointConfigNotFound; Serving=True
        create config v3 | Updating; step Provisioning; fleets v1 v3
        """);
  }
}
