package dev.berth.planner.endpoint;

import dev.berth.planner.world.Story;
import dev.berth.planner.world.Story.Accident;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An Endpoint goes without cutting a request off: routers, fleets, route, itself. */
class DeletionTest {

  @ParameterizedTest
  @EnumSource
  void routersFirstThenFleetsThenTheRoute(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        delete          | Deleting; route none; fleets v1; kept v1; not released; needs router; Ready=False Deleting; Serving=False Deleting
                        | Progressing=True Deleting; says router r1, router r2; events Deleting; v1/stable is Draining
        router r1 obeys | fleets v1; says router r2; no events
        router r2 obeys | fleets v1; look in 5s; says last requests
        pass 5S         | fleets none; route none; released; needs no router
        """);
  }

  @ParameterizedTest
  @EnumSource
  void withNoRouterThereIsNobodyToWaitFor(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        routers leave | Serving=False
        delete        | Deleting; fleets none; released
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anEndpointThatNeverServedGoesAtOnce(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        nothing | Creating; fleets v1
        delete  | Deleting; fleets none; released; needs no router
        """);
  }

  @ParameterizedTest
  @EnumSource
  void inTheMiddleOfAnUpdateAllFleetsDrain(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2 | step Provisioning
        v2 ready     | step Shifting
        delete       | Deleting; step none; fleets v1 v2; route none
        routers obey | fleets v1 v2
        pass 5S      | fleets none; released
        """);
  }

  @ParameterizedTest
  @EnumSource
  void whatItWasMadeOfNeedNotExist(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        lose config v1 | Serving=True
        delete         | Deleting; fleets v1
        routers obey   | fleets v1
        pass 5S        | fleets none; released
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aStrangersServiceIsLeftAlone(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        taken Service/housing | needs no router
        delete                | Deleting; needs no router
        """);
  }
}
