package dev.berth.planner.world;

import dev.berth.planner.Fleet;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.ObservedFleet.ServerFailure;
import java.util.List;
import java.util.Optional;

/** A fleet that exists: its replicas are ready when a story says so. */
final class SimulatedFleet {
  final String name;
  final String variant;
  final String revision;
  final String image;
  Fleet shape;
  int desired;
  int ready;
  List<ServerFailure> failures = List.of();

  SimulatedFleet(Fleet fleet) {
    name = fleet.name();
    variant = fleet.variant().name();
    revision = fleet.revision();
    image = fleet.serverImage();
    shape = fleet;
    desired = fleet.replicas();
  }

  /** What an applier does with a shape: an autoscaler's number is left alone above its floor. */
  void apply(Fleet fleet) {
    shape = fleet;
    desired =
        fleet.variant().autoscaling() == null
            ? fleet.replicas()
            : Math.max(desired, fleet.variant().autoscaling().minReplicas());
    ready = Math.min(ready, desired);
  }

  void becomeReady(int replicas) {
    ready = Math.min(replicas, desired);
    if (ready == desired) {
      failures = List.of();
    }
  }

  static List<ServerFailure> checksumMismatch() {
    return List.of(new ServerFailure("ChecksumMismatch", "sha256 differs", true));
  }

  ObservedFleet observed() {
    return new ObservedFleet(
        name, variant, revision, image, desired, ready, true, failures, Optional.empty(), "");
  }
}
