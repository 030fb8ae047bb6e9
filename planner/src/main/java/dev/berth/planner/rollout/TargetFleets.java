package dev.berth.planner.rollout;

import dev.berth.api.EndpointRouteSpec.FleetRoute;
import dev.berth.api.ProductionVariant;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.ObservedFleet.ServerFailure;
import dev.berth.planner.defaults.VariantDefaults;
import dev.berth.planner.revision.Revision;
import dev.berth.planner.sizing.FleetSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far the fleets of the revision that is to take over have come.
 *
 * @param revision the revision that is to take over
 * @param serving the revision whose size it takes over; empty in a creation
 */
public record TargetFleets(Situation situation, Revision revision, Optional<RevisionRef> serving) {

  /** The size at which a variant may take over. */
  public FleetSize size(ProductionVariant variant) {
    int grown = serving.map(ref -> situation.replicasOf(ref.hash(), variant.name())).orElse(0);
    return FleetSize.takingOver(variant, situation.overrides(), grown);
  }

  public boolean ready() {
    return unready().isEmpty();
  }

  /** Every replica of every fleet is there, in its present shape. */
  private List<ProductionVariant> unready() {
    return revision.variants().stream().filter(variant -> !ready(variant)).toList();
  }

  private boolean ready(ProductionVariant variant) {
    return fleet(variant)
        .filter(f -> f.settled() && f.readyReplicas() >= size(variant).replicas())
        .isPresent();
  }

  /** Why waiting is vain: a server said that trying again cannot help. */
  public Optional<Failure> permanentFailure() {
    return unready().stream()
        .flatMap(
            variant ->
                failures(variant).filter(ServerFailure::permanent).map(f -> failure(variant, f)))
        .findFirst();
  }

  /** The first variant that has had its time to start and is not ready, and its last word. */
  public Optional<Failure> overdue(Instant startedAt) {
    return unready().stream()
        .filter(variant -> !situation.now().isBefore(deadline(startedAt, variant)))
        .map(this::tooLate)
        .findFirst();
  }

  /** When the variants that are not ready have had their time. */
  public Stream<Instant> deadlines(Instant startedAt) {
    return unready().stream().map(variant -> deadline(startedAt, variant));
  }

  /** A share of the traffic that no replica carries any more, and why. */
  public Optional<Failure> lost() {
    return situation.routeTo(revision.hash()).stream()
        .filter(share -> share.weight() > 0 && !hasReady(share))
        .flatMap(share -> variant(share.variant()).stream())
        .map(variant -> why(variant, "NewFleetLost", "lost all its ready replicas after the shift"))
        .findFirst();
  }

  /** What is missing, in words such as "2 of 3 replicas of stable ready". */
  public String missing() {
    return unready().stream().map(this::missing).collect(Collectors.joining(", "));
  }

  private String missing(ProductionVariant variant) {
    int ready = fleet(variant).map(ObservedFleet::readyReplicas).orElse(0);
    int wanted = size(variant).replicas();
    return ready >= wanted
        ? "%s to replace its older replicas".formatted(variant.name())
        : "%d of %d replicas of %s ready".formatted(ready, wanted, variant.name());
  }

  private Failure tooLate(ProductionVariant variant) {
    String words =
        "was not ready within %d s, %s"
            .formatted(VariantDefaults.startupTimeout(variant).toSeconds(), missing(variant));
    return why(variant, "StartupTimeout", words);
  }

  /** The server's own reason if it gave one: it says more than that something took too long. */
  private Failure why(ProductionVariant variant, String reason, String words) {
    Failure ours = failure(variant, new ServerFailure(reason, words, false));
    return failures(variant)
        .findFirst()
        .map(f -> new Failure(f.reason(), ours.message() + ": " + said(f)))
        .orElse(ours);
  }

  private Failure failure(ProductionVariant variant, ServerFailure failure) {
    return new Failure(
        failure.reason(),
        "Model %s (variant %s) %s"
            .formatted(
                variant.modelName(),
                variant.name(),
                failure.permanent() ? "cannot be served: " + said(failure) : failure.message()));
  }

  private static String said(ServerFailure failure) {
    return failure.message().isBlank() ? failure.reason() : failure.message();
  }

  private Instant deadline(Instant startedAt, ProductionVariant variant) {
    Duration timeout = VariantDefaults.startupTimeout(variant);
    return startedAt.plus(timeout);
  }

  private Stream<ServerFailure> failures(ProductionVariant variant) {
    return fleet(variant).stream().flatMap(fleet -> fleet.failures().stream());
  }

  private Optional<ObservedFleet> fleet(ProductionVariant variant) {
    return situation.fleet(revision, variant.name());
  }

  private Optional<ProductionVariant> variant(String name) {
    return revision.variants().stream().filter(v -> v.name().equals(name)).findFirst();
  }

  private boolean hasReady(FleetRoute share) {
    return situation.fleet(share.service()).filter(f -> f.readyReplicas() > 0).isPresent();
  }
}
