package dev.berth.planner.endpoint;

import dev.berth.planner.world.Story;
import dev.berth.planner.world.Story.Accident;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights and sizes of the Endpoint act at once, on the fleets that are there. */
class OverridesTest {

  @ParameterizedTest
  @EnumSource
  void aWeightIsRoutedAtOnceWithNoNewFleet(Accident accident) {
    Story.inService(
        "split",
        accident,
        """
        override canary weight=3 | InService; Ready=True; fleets split; weights stable=9.0 canary=3.0; no events
                                 | split/canary weighs 1.0, should 3.0; Progressing=True Routing; says waiting for router r1, router r2
        routers obey             | split/canary weighs 3.0, should 3.0; Progressing=False Complete
        override                 | weights stable=9.0 canary=1.0
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aSizeActsAtOnceWithNoNewFleet(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        override stable replicas=4 | InService; fleets v1; v1/stable x4; Ready=True; no events
        override stable replicas=2 | v1/stable x2
        override                   | v1/stable x1
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anUnknownVariantIsSaidAndIgnored(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        override stabel weight=3 | InService; Ready=True; ConfigAccepted=True OverrideIgnored; weights stable=1.0
                                 | says spec.variants names stabel, which EndpointConfig v1 has not
        """);
  }

  @ParameterizedTest
  @EnumSource
  void weightsThatWouldLeaveNoTrafficAreNotObeyed(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        override stable weight=0 | Serving=True; weights stable=1.0; ConfigAccepted=True OverrideIgnored
                                 | says would leave no variant with traffic
        """);
  }

  @ParameterizedTest
  @EnumSource
  void theOldFleetIsNotMadeSmallerDuringAnUpdate(Accident accident) {
    Story.inService(
        "three",
        accident,
        """
        configure v1               | three/stable x3; v1/stable x1
        override stable replicas=2 | three/stable x3; v1/stable x2
        v1 ready                   | step Shifting; three/stable x3
        routers obey               | step Terminating; kept three
        pass 60S                   | InService; v1/stable x2
        """);
  }

  @ParameterizedTest
  @EnumSource
  void defaultsAreOneReplicaWeightOneAndSageMakersLimits(Accident accident) {
    Story.inService(
        "bare",
        accident,
        """
        nothing | bare/stable x1; weights stable=1.0; stable routed LeastOutstanding
                | limit 6291456 bytes, 60 s, queue 100
        """);
  }

  @ParameterizedTest
  @EnumSource
  void limitsAreRoutedAtOnceWithNoNewFleet(Accident accident) {
    Story.inService(
        "v1",
        accident,
        """
        limit 5                   | limit 5 bytes, 60 s, queue 100; fleets v1; no events
        limit 9 timeout=7 queue=3 | limit 9 bytes, 7 s, queue 3; fleets v1; no events
        limit 9 timeout=7 queue=0 | limit 9 bytes, 7 s, queue 0
        """);
  }

  @ParameterizedTest
  @EnumSource
  void howAPodIsChosenIsAsTheVariantSays(Accident accident) {
    Story.inService(
        "random",
        accident,
        """
        nothing      | stable routed Random
        configure v1 | stable routed Random
        v1 ready     | stable routed LeastOutstanding
        """);
  }
}
