package dev.berth.planner.endpoint;

import dev.berth.planner.world.Story;
import dev.berth.planner.world.Story.Accident;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No fleet goes before every router that may carry traffic has said that it needs it no more. */
class RoutersTest {

  @ParameterizedTest
  @EnumSource
  void aSilentRouterHoldsTheOldFleet(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        update termination=0 | InService
        configure v2    | step Provisioning
        v2 ready        | step Shifting
        router r1 obeys | fleets v1 v2
        pass 30M        | step Shifting; fleets v1 v2; waiting for router r2
        router r2 leaves | InService; fleets v2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aRouterThatJoinsLateIsAskedToo(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2    | step Provisioning
        v2 ready        | step Shifting
        routers obey    | step Terminating
        router r3 joins | step Terminating
        pass 60S        | step Terminating; fleets v1 v2; waiting for router r3
        router r3 obeys | step Terminating; fleets v1 v2; look in 5s
        pass 5S         | InService; fleets v2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void withNoRouterTheEndpointDoesNotServeButItsFleetsStay(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        routers leave  | InService; Serving=False NoRouter; Ready=False NoRouter; fleets v1; events NotServing
        pass 24H       | InService; fleets v1; route v1; look never
        routers return | Serving=False NotRouted
        routers obey   | Serving=True; Ready=True
        """);
  }

  @ParameterizedTest
  @EnumSource
  void withNoRouterAnUpdateWaits(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2   | step Provisioning
        v2 ready       | step Shifting
        routers leave  | step Shifting; waiting for a router: none is ready; fleets v1 v2
        routers return | step Shifting; waiting for router r1, router r2
        routers obey   | step Terminating
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateThatFailsWithoutRoutersKeepsItsFleetsUntilTheyAreBack(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2                      | step Provisioning
        routers leave                     | step Provisioning
        v2 fails InvalidModel permanently | RollingBack; fleets v1 v2; waiting for a router: none is ready
        routers return                    | RollingBack; fleets v1 v2
        routers obey                      | look in 5s
        pass 5S                           | InService; fleets v1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aForgottenStatusIsFoundAgainInTheRoute(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        forget       | InService; serving v1; fleets v1; Ready=True; route v1
        configure v2 | step Provisioning
        v2 ready     | step Shifting
        routers obey | step Terminating; fleets v1 v2
        forget       | InService; serving v2; fleets v1 v2; kept v1; look in 5s
        pass 5S      | InService; fleets v2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aFleetThatSomebodyDeletedIsMadeAgain(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        lose fleet v1 | InService; fleets v1; Serving=False NoReadyReplica; route v1
        v1 ready      | InService; Serving=True
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anEndOfWhatServedBeforeThatSomebodyDeletedIsAnEnd(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2  | step Provisioning
        v2 ready      | step Shifting
        routers obey  | step Terminating
        lose fleet v1 | InService; fleets v2; route v2
        """);
  }
}
