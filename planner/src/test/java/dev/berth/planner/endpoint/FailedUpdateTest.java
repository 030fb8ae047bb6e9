package dev.berth.planner.endpoint;

import dev.berth.planner.world.Story;
import dev.berth.planner.world.Story.Accident;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A bad model never takes traffic: the old fleet serves on, and status says which and why. */
class FailedUpdateTest {

  @ParameterizedTest
  @EnumSource
  void aPermanentFailureEndsTheUpdateAtOnce(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2                          | step Provisioning
        v2 fails ChecksumMismatch permanently | RollingBack; route v1; fleets v1 v2; kept v2; failure v2 ChecksumMismatch; look in 5s
                                              | failure: Model m2 (variant stable) cannot be served: because of ChecksumMismatch
                                              | events UpdateFailed RollingBack; Serving=True; Ready=False RollingBack
        pass 5S                               | InService; fleets v1; serving v1; route v1; failure v2 ChecksumMismatch
                                              | Ready=False UpdateFailed; Progressing=False UpdateFailed; says EndpointConfig v1 serves on
                                              | says Model m2; Serving=True; events InService; look never
        pass 24H                              | InService; fleets v1; no events; look never
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anotherTryNeedsAnotherGeneration(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2                          | step Provisioning
        v2 fails GoldenRecordFailed permanently | RollingBack
        pass 5S                               | InService; fleets v1
        touch                                 | Updating; step Provisioning; fleets v1 v2; failure v2 GoldenRecordFailed
        v2 ready                              | step Shifting
        routers obey                          | step Terminating; no failure
        pass 60S                              | InService; serving v2; Ready=True; no failure
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anotherTryStartsWithFreshFleets(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2                          | step Provisioning
        v2 fails GoldenRecordFailed permanently | RollingBack; fleets v1 v2
        touch                                 | RollingBack; fleets v1 v2; kept v2
        pass 5S                               | Updating; step Provisioning; fleets v1 v2; waiting for 0 of 1 replicas of stable ready
        v2 ready                              | step Shifting
        """);
  }

  @ParameterizedTest
  @EnumSource
  void goingBackToWhatServesIsReadyAndRemembersTheFailure(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2                          | step Provisioning
        v2 fails GoldenRecordFailed permanently | RollingBack
        pass 5S                               | InService; Ready=False UpdateFailed
        configure v1                          | InService; Ready=True; failure v2 GoldenRecordFailed; no events
        configure v3                          | step Provisioning; failure v2 GoldenRecordFailed
        v3 ready                              | step Shifting
        routers obey                          | no failure
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aCrashGetsItsStartupTimeout(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2              | step Provisioning; look in 120s
        v2 fails CrashLoopBackOff | step Provisioning; look in 120s; v2/stable is Failed
        pass 119S                 | step Provisioning; look in 1s
        pass 1S                   | InService; fleets v1; failure v2 CrashLoopBackOff; events UpdateFailed RollingBack InService
                                  | failure: Model m2 (variant stable) was not ready within 120 s, 0 of 1 replicas of stable ready: because of CrashLoopBackOff
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aCrashThatHealsInTimeIsForgiven(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2                 | step Provisioning
        v2 fails ArtifactUnavailable | step Provisioning
        pass 60S                     | step Provisioning
        v2 ready                     | step Shifting; no failure
        """);
  }

  @ParameterizedTest
  @EnumSource
  void oneBadVariantEndsTheWholeUpdate(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure split                           | step Provisioning
        split/stable ready                        | step Provisioning
        split/canary fails InvalidModel permanently | RollingBack; failure split InvalidModel; says EndpointConfig split
                                                  | failure: Model m2 (variant canary) cannot be served: because of InvalidModel
        pass 5S                                   | InService; fleets v1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void newFleetsThatDieDuringTheBakeLoseTheTrafficAtOnce(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        update wait=300           | InService
        configure v2              | step Provisioning
        v2 ready                  | step Shifting
        routers obey              | step Baking
        v2 fails OutOfMemory      | RollingBack; route v1; failure v2 OutOfMemory; fleets v1 v2
                                  | failure: Model m2 (variant stable) lost all its ready replicas after the shift: because of OutOfMemory
        routers obey              | RollingBack; Serving=True
        pass 5S                   | InService; fleets v1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void withNothingToGoBackToTheNewFleetsStay(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        update wait=300 timeout=400 | InService
        configure v2              | step Provisioning
        v2 ready                  | step Shifting
        v1 has 0                  | step Shifting; route v2
        v2 has 0                  | step Shifting; route v2; Serving=False NoReadyReplica
        v2 ready                  | step Shifting; Serving=True
        pass 400S                 | step Terminating; serving v2; route v2; no failure; fleets v1 v2
        routers obey              | step Terminating
        pass 60S                  | InService; fleets v2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aBrokenOldFleetDoesNotHoldUpAGoodNewOne(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        v1 fails OutOfMemory | InService; Serving=False NoReadyReplica; Ready=False NoReadyReplica; events NotServing
        configure v2         | step Provisioning
        v2 ready             | step Shifting; route v2
        routers obey         | step Terminating; Serving=True
        pass 60S             | InService; Ready=True
        """);
  }

  @ParameterizedTest
  // A status from before the shift would lead traffic back for a moment: routers speak again then.
  @EnumSource(mode = Mode.EXCLUDE, names = "READS_AN_OLD_STATUS")
  void whatServedBeforeStaysWhileItsSuccessorIsDown(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2 | step Provisioning
        v2 ready     | step Shifting
        routers obey | step Terminating
        v2 has 0     | step Terminating; Serving=False
        pass 60S     | step Terminating; fleets v1 v2; waiting for fleet housing-stable-tbathbue to be needed no more
        v2 ready     | InService; fleets v2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aConfigThatVanishesInTheMiddleEndsTheUpdateAndItIsTriedAgainWhenItIsBack(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        configure v2     | step Provisioning
        lose config v2   | RollingBack; route v1; failure v2 EndpointConfigNotFound; ConfigAccepted=False EndpointConfigNotFound
        pass 5S          | InService; fleets v1; Serving=True; Ready=False EndpointConfigNotFound
        create config v2 | Updating; step Provisioning; fleets v1 v2
        v2 ready         | step Shifting
        lose model m2    | RollingBack; route v1; failure v2 ModelNotFound
        routers obey     | RollingBack; fleets v1 v2
        pass 5S          | InService; fleets v1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateThatCannotBeginLeavesAllAsItIs(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        lose model m2   | InService; Ready=True
        configure v2    | InService; ConfigAccepted=False ModelNotFound; Ready=False ModelNotFound; Serving=True; fleets v1; no failure
                        | events ModelNotFound
        create model m2 | Updating; step Provisioning; ConfigAccepted=True
        """);
  }

  @ParameterizedTest
  @EnumSource
  void whatServesIsKeptWhenWhatItWasMadeOfIsGone(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        lose config v1  | InService; Serving=True; Ready=False EndpointConfigNotFound; fleets v1; kept v1; route v1; serving v1
        override stable weight=7 | route v1; kept v1; fleets v1
        configure v2    | step Provisioning; fleets v1 v2; kept v1; route v1
        v2 ready        | step Shifting; kept v1
        routers obey    | step Terminating
        pass 60S        | InService; fleets v2
        """);
  }
}
