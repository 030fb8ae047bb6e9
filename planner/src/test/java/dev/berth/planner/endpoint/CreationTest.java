package dev.berth.planner.endpoint;

import dev.berth.planner.world.Story;
import dev.berth.planner.world.Story.Accident;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A new Endpoint: from nothing to answers. */
class CreationTest {

  @ParameterizedTest
  @EnumSource
  void comesIntoServiceOnceEveryReplicaIsReadyAndEveryRouterObeys(Accident accident) {
    Story.created(
        "three",
        accident,
        """
        nothing       | Creating; step Provisioning; fleets three; route none; serving null; look in 120s
                      | Ready=False Creating; Serving=False NotRouted; Progressing=True Provisioning
                      | ConfigAccepted=True; waiting for 0 of 3 replicas of stable ready
                      | needs router; events Creating; three/stable is Creating
        three has 2   | Creating; route none; waiting for 2 of 3 replicas of stable ready; no events
        three ready   | Creating; step Shifting; route three; waiting for router r1, router r2
                      | shifted 0; Ready=False Creating; look never
        router r1 obeys | Creating; waiting for router r2; shifted 50; Serving=True
        router r2 obeys | InService; step none; serving three; previous null; Ready=True InService
                      | Serving=True; Progressing=False Complete; events InService; look never
                      | three/stable weighs 1.0, should 1.0; three/stable is InService; no failure
        pass 1H       | InService; no events; look never
        """);
  }

  @ParameterizedTest
  @EnumSource
  void isNotInServiceBeforeAClientCanReachARouter(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        router r1 unready | step Provisioning
        router r2 unready | step Provisioning
        v1 ready          | step Shifting; waiting for router r1, router r2
        routers obey      | Creating; step Shifting; waiting for a router to be ready; Serving=False NoRouter
                          | Ready=False Creating; look never
        router r2 ready   | Creating; says every node to know the way to the routers; Ready=False Creating
                          | Serving=True; look in 2s
        pass 2S           | InService; step none; Ready=True InService; look never
        router r2 unready | InService; Serving=False NoRouter; Ready=False NoRouter
        router r1 ready   | Serving=True; Ready=True
        """);
  }

  @ParameterizedTest
  @EnumSource
  void everyVariantMustBeReadyAlsoOneInTheDark(Accident accident) {
    Story.created(
        "dark",
        accident,
        """
        nothing           | waiting for 0 of 1 replicas of stable ready, 0 of 1 replicas of dark ready
        dark/stable ready | Creating; route none; waiting for 0 of 1 replicas of dark ready
        dark/dark ready   | step Shifting; weights stable=1.0 dark=0.0
        routers obey      | InService; dark/dark is InService
        dark/dark has 0   | InService; Serving=True; Ready=True
        dark/stable has 0 | InService; Serving=False NoReadyReplica; Ready=False NoReadyReplica; events NotServing
        dark/stable ready | Serving=True; Ready=True; no events
        """);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMissingIsNamedAndWaitedFor(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        lose config v1  | Creating; ConfigAccepted=False EndpointConfigNotFound; fleets none; route none
                        | says no EndpointConfig v1 in this namespace; says heals; look never
                        | Ready=False EndpointConfigNotFound; Progressing=False EndpointConfigNotFound
                        | events Creating EndpointConfigNotFound
        lose model m1   | no events
        create config v1 | ConfigAccepted=False ModelNotFound; says EndpointConfig v1 names Model m1; fleets none
        create model m1 | ConfigAccepted=True; step Provisioning; fleets v1
        v1 ready        | step Shifting
        routers obey    | InService; Ready=True
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aConfigThatVanishesMeanwhileIsWaitedForAndNothingIsThrownAway(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        nothing          | step Provisioning; fleets v1
        lose config v1   | Creating; ConfigAccepted=False EndpointConfigNotFound; fleets v1; kept v1
        v1 ready         | fleets v1; route none
        create config v1 | step Shifting; route v1
        lose config v1   | fleets v1; route v1
        create config v1 | step Shifting
        routers obey     | InService
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aPermanentFailureFailsTheCreationAtOnceAndHeals(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        nothing                           | Creating
        v1 fails ChecksumMismatch permanently | Failed; Ready=False ChecksumMismatch; fleets v1; route none
                                          | Progressing=False ChecksumMismatch; v1/stable is Failed
                                          | says Model m1 (variant stable) cannot be served: because of ChecksumMismatch
                                          | events CreationFailed; look never
        v1 has 0                          | Failed; no events
        touch                             | Failed; no events
        v1 ready                          | Creating; step Shifting; events Creating
        routers obey                      | InService; Ready=True; no failure; events InService
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aCrashFailsTheCreationAfterTheStartupTimeoutAndHeals(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        nothing                   | Creating; look in 120s
        v1 fails CrashLoopBackOff | Creating; look in 120s
        pass 119S                 | Creating; look in 1s
        pass 1S                   | Failed; Ready=False CrashLoopBackOff; look never
                                  | says Model m1 (variant stable) was not ready within 120 s, 0 of 1 replicas of stable ready: because of CrashLoopBackOff
        v1 ready                  | step Shifting
        routers obey              | InService
        """);
  }

  @ParameterizedTest
  @EnumSource
  void silenceUntilTheStartupTimeoutIsAFailureToo(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        nothing   | Creating
        pass 120S | Failed; Ready=False StartupTimeout; fleets v1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aFixedConfigTakesTheFailedOnesPlace(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        nothing                               | Creating
        v1 fails ChecksumMismatch permanently | Failed
        configure v2                          | Creating; step Provisioning; fleets v2; look in 120s; events Creating
        v2 ready                              | step Shifting; route v2
        routers obey                          | InService; serving v2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void whatACreationAlreadyRoutesServesUntilTheNextConfigIsReady(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        nothing         | Creating
        v1 ready        | step Shifting; route v1
        router r1 obeys | Serving=True
        configure v2    | Updating; serving v1; fleets v1 v2; route v1
        v2 ready        | step Shifting; fleets v1 v2; route v2
        routers obey    | step Terminating; fleets v1 v2
        pass 60S        | InService; serving v2; fleets v2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aPauseDoesNotHoldACreation(Accident accident) {
    Story.created(
        "v1",
        accident,
        """
        update paused=true | step Provisioning; look in 120s; Progressing=True
        v1 ready           | step Shifting
        routers obey       | InService
        """);
  }
}
