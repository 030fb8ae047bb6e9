package dev.berth.planner.endpoint;

import dev.berth.planner.world.Story;
import dev.berth.planner.world.Story.Accident;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where an autoscaler owns the number, it is not fought, and a successor starts as large. */
class AutoscalingTest {

  @ParameterizedTest
  @EnumSource
  void theFirstSizeIsTheFloorAndTheRestIsTheAutoscalers(Accident accident) {
    Story.inService(
        "auto1",
        accident,
        """
        nothing                    | auto1/stable x2; auto1/stable floor 2
        auto1 grows 7              | auto1/stable x7; auto1/stable floor 2; InService
        auto1 grows 3              | auto1/stable x3
        override stable replicas=9 | auto1/stable x3; ConfigAccepted=True OverrideIgnored; says autoscaler
        """);
  }

  @ParameterizedTest
  @EnumSource
  void theSuccessorStartsAsLargeAndIsHeldThereUntilItHasTraffic(Accident accident) {
    Story.inService(
        "auto1",
        accident,
        """
        auto1 grows 5   | auto1/stable x5
        configure auto2 | auto2/stable x5; auto2/stable floor 5; auto1/stable floor 2; waiting for 0 of 5 replicas of stable ready
        auto2 has 4     | step Provisioning; route auto1
        auto1 grows 6   | auto2/stable x6; auto2/stable floor 6; waiting for 4 of 6 replicas of stable ready
        auto2 ready     | step Shifting; auto1/stable floor 6; auto1/stable x6; auto2/stable floor 6
        routers obey    | step Terminating; auto2/stable x6; auto2/stable floor 2; kept auto1
        pass 60S        | InService; fleets auto2; auto2/stable floor 2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void theSuccessorStartsNoLargerThanItMay(Accident accident) {
    Story.inService(
        "auto1",
        accident,
        """
        auto1 grows 10  | auto1/stable x10
        configure auto2 | auto2/stable x6; auto2/stable floor 6
        auto2 ready     | step Shifting
        """);
  }

  @ParameterizedTest
  @EnumSource
  void goingBackGivesTheAutoscalerItsFloorBack(Accident accident) {
    Story.inService(
        "auto1",
        accident,
        """
        update wait=300 | InService
        auto1 grows 5   | InService
        configure auto2 | step Provisioning
        auto2 ready     | step Shifting; auto1/stable floor 5
        configure auto1 | RollingBack; auto1/stable floor 2; auto1/stable x5
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aFixedSuccessorHasTheSizeThatItSays(Accident accident) {
    Story.inService(
        "auto1",
        accident,
        """
        auto1 grows 5 | InService
        configure v2  | v2/stable x1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anAutoscaledSuccessorOfAFixedFleetStartsAsLarge(Accident accident) {
    Story.inService(
        "three",
        accident,
        """
        configure auto2 | auto2/stable x3; auto2/stable floor 3
        """);
  }
}
