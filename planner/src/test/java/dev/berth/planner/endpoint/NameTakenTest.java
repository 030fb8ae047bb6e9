package dev.berth.planner.endpoint;

import dev.berth.planner.world.Story;
import dev.berth.planner.world.Story.Accident;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An object that Berth did not make is never touched: its name is waited for. */
class NameTakenTest {

  @ParameterizedTest
  @EnumSource
  void aStrangersServiceStopsACreation(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        taken Service/housing | Creating; ConfigAccepted=False NameTaken; Ready=False NameTaken; fleets none; route none; needs no router
                              | says Service/housing exists and was not made by Berth; events Creating NameTaken
        freed                 | ConfigAccepted=True; step Provisioning; needs router; fleets v1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aStrangersRouteStopsACreation(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        taken EndpointRoute/housing | Creating; ConfigAccepted=False NameTaken; fleets none; needs router
        freed                       | step Provisioning
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aStrangersFleetNameStopsACreation(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        taken Deployment/housing-stable-tbathbue | ConfigAccepted=False NameTaken; fleets none
        freed                                    | step Provisioning; fleets v1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aStrangersServiceDoesNotStopAnEndpointThatServes(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        taken Service/housing | InService; Ready=False NameTaken; Serving=True; fleets v1; route v1; needs no router
        freed                 | Ready=True; needs router
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aStrangersFleetNameStopsAnUpdate(Accident accident) {
    Story.inService(
        "v2",
        accident,
        """
        taken Service/housing-stable-tbathbue | InService; Ready=True
        configure v1                          | InService; Ready=False NameTaken; Serving=True; fleets v2
        freed                                 | step Provisioning; fleets v1 v2
        taken Service/housing-stable-tbathbue | RollingBack; failure v1 NameTaken; route v2
        freed                                 | step Provisioning
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aPieceOfAServingFleetThatIsAStrangersLeavesTheFleetAlone(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        taken PodDisruptionBudget/housing-stable-tbathbue | InService; Ready=False NameTaken; Serving=True; kept v1; fleets v1; route v1
        freed                                             | Ready=True; kept none
        """);
  }
}
