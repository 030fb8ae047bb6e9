package dev.berth.planner.endpoint;

import dev.berth.planner.world.Story;
import dev.berth.planner.world.Story.Accident;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** spec.paused holds an update at its step. */
class PauseTest {

  @ParameterizedTest
  @EnumSource
  void aPausedUpdateProvisionsButDoesNotShift(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        update paused=true | InService; Ready=True
        configure v2       | Updating; step Provisioning; Progressing=Unknown Paused; look never
                           | waiting for spec.paused to end, then 0 of 1 replicas of stable ready
        v2 ready           | step Provisioning; route v1; fleets v1 v2
        pass 48H           | step Provisioning; no failure; look never
        update             | step Shifting; route v2
        routers obey       | step Terminating
        """);
  }

  @ParameterizedTest
  @EnumSource
  void timeInAPauseDoesNotCount(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2       | look in 120s
        pass 60S           | look in 60s
        update paused=true | Progressing=Unknown Paused; look never
        pass 1H            | Progressing=Unknown; look never
        update             | step Provisioning; look in 60s; Progressing=True
        pass 59S           | step Provisioning
        pass 1S            | InService; fleets v1; failure v2 StartupTimeout
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aPauseHoldsTheBakeAndTheWarmOldFleet(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        update wait=30 | InService
        configure v2   | step Provisioning
        v2 ready       | step Shifting
        routers obey   | step Baking
        update wait=30 paused=true | step Baking; look never; Progressing=Unknown Paused
        pass 1H        | step Baking; fleets v1 v2
        update wait=30 | step Baking; look in 30s
        pass 30S       | step Terminating
        update paused=true | step Terminating; look never; Progressing=Unknown Paused
        pass 1H        | step Terminating; fleets v1 v2; kept v1
        update         | step Terminating; look in 60s
        pass 60S       | InService; fleets v2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aBadModelIsLetGoAlsoInAPause(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        update paused=true                | InService
        configure v2                      | Progressing=Unknown
        v2 fails InvalidModel permanently | RollingBack; failure v2 InvalidModel; Progressing=True RollingBack
        pass 5S                           | InService; fleets v1
        """);
  }
}
