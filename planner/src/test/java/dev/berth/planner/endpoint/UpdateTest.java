package dev.berth.planner.endpoint;

import dev.berth.planner.world.Story;
import dev.berth.planner.world.Story.Accident;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From one EndpointConfig to the next without a request lost. */
class UpdateTest {

  @ParameterizedTest
  @EnumSource
  void newFleetsStartTrafficMovesOldFleetsGo(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        update wait=30 termination=20 | InService
        configure v2    | Updating; step Provisioning; from v1 to v2; fleets v1 v2; route v1; shifted 0
                        | Ready=False Updating; Serving=True; Progressing=True Provisioning; serving v1
                        | waiting for 0 of 1 replicas of stable ready; look in 120s; events Updating
        v2 ready        | Updating; step Shifting; fleets v1 v2; route v2; shifted 0; look in 3600s
                        | waiting for router r1, router r2; no events; v1/stable weighs 1.0, should 0.0
        router r1 obeys | step Shifting; fleets v1 v2; waiting for router r2; shifted 50
        router r2 obeys | step Baking; fleets v1 v2; route v2; shifted 100; look in 30s; serving v1
                        | waiting for the bake to end at 2026-11-23T12:00:30Z; v1/stable is Draining
        pass 29S        | step Baking; look in 1s
        pass 1S         | Updating; step Terminating; serving v2; previous v1; fleets v1 v2; kept v1; look in 20s
                        | v1/stable is Draining; v2/stable is InService; Ready=False Updating
        pass 19S        | step Terminating; fleets v1 v2; look in 1s
        pass 1S         | InService; step none; fleets v2; serving v2; Ready=True; Serving=True; no failure
                        | events InService; look never
        """);
  }

  @ParameterizedTest
  @EnumSource
  void withoutWaitsOnlyTheDrainIsWaitedFor(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        update termination=0 | InService
        configure v2         | step Provisioning
        v2 ready             | step Shifting
        routers obey         | step Terminating; look in 5s; fleets v1 v2
        pass 4S              | step Terminating; fleets v1 v2; look in 1s
        pass 1S              | InService; fleets v2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void theWholeNewFleetMustBeReadyBeforeTheShift(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure three | waiting for 0 of 3 replicas of stable ready
        three has 2     | step Provisioning; route v1; waiting for 2 of 3 replicas of stable ready
        three ready     | step Shifting; route three
        """);
  }

  @ParameterizedTest
  @EnumSource
  void variantsComeAndGoWithTheConfig(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure split | fleets split v1; weights stable=1.0
        split ready     | weights stable=9.0 canary=1.0
        routers obey    | step Terminating
        pass 60S        | InService; fleets split
        configure v1    | step Provisioning; fleets split v1; weights stable=9.0 canary=1.0
        v1 ready        | weights stable=1.0
        routers obey    | step Terminating
        pass 60S        | InService; fleets v1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aRunningFleetKeepsTheServerItWasMadeWith(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        image berth:2 | InService; v1/stable runs berth:1; no events
        configure v2  | v1/stable runs berth:1; v2/stable runs berth:2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void equalContentUnderAnotherNameIsNoUpdate(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v1-again | InService; step none; serving v1-again; Ready=True; no events
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aModelThatIsMadeAnewUnderItsNameIsAnUpdate(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        replace model m1 | Updating; from v1 to v1; fleets v1 v1'; kept v1; route v1
        v1' ready        | step Shifting; route v1'; fleets v1 v1'
        routers obey     | step Terminating
        pass 60S         | InService; fleets v1'
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anEndThatHasBegunIsNotCutShort(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        update termination=600 timeout=100 | InService
        configure v2                       | look in 100s
        pass 50S                           | step Provisioning
        v2 ready                           | step Shifting
        routers obey                       | step Terminating; look in 600s
        pass 599S                          | step Terminating; fleets v1 v2
        pass 1S                            | InService; fleets v2; no failure
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateThatTakesTooLongGoesBack(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        update timeout=100 | InService
        configure v2       | step Provisioning
        v2 ready           | step Shifting; look in 100s
        router r1 obeys    | step Shifting
        pass 100S          | RollingBack; route v1; fleets v1 v2; failure v2 UpdateTimedOut; events UpdateFailed RollingBack
                           | waiting for router r1, router r2
        router r1 obeys    | RollingBack; fleets v1 v2; waiting for router r2
        router r2 obeys    | RollingBack; fleets v1 v2; look in 5s
        pass 5S            | InService; fleets v1; serving v1; Ready=False UpdateFailed; Serving=True
        """);
  }
}
