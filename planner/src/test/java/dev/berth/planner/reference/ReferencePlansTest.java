package dev.berth.planner.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.api.Condition;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointConfigStatus;
import dev.berth.api.Model;
import dev.berth.api.ModelSpec;
import dev.berth.api.ModelStatus;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.ObservedFleet.ModelReport;
import dev.berth.planner.ObservedFleet.ServerFailure;
import dev.berth.planner.PlannedEvent;
import dev.berth.planner.PlannedEvent.Severity;
import dev.berth.planner.Planner;
import dev.berth.planner.ReferencePlan;
import dev.berth.planner.ReferenceView.EndpointConfigView;
import dev.berth.planner.ReferenceView.ModelView;
import dev.berth.planner.world.Catalogue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of Models and EndpointConfigs, and when they may go. */
class ReferencePlansTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Optional<ModelReport> REPORT =
      Optional.of(new ModelReport("UBJSON", "3.0.5", "reg:squarederror", 13, 100, 4711, "ab12"));
  private static final Optional<ServerFailure> FAILURE =
      Optional.of(new ServerFailure("ChecksumMismatch", "sha256 is not ab12", true));

  private final Model model = Catalogue.model("m1");
  private final EndpointConfig config = Catalogue.config("split");

  @Test
  void aModelThatNobodyRunsIsNotKnown() {
    ReferencePlan<ModelStatus> plan = plan(List.of(), Optional.empty(), Optional.empty());

    assertThat(ready(plan.status())).isEqualTo("Unknown NotLoaded");
    assertThat(plan.status().usedBy()).isEmpty();
    assertThat(plan.events()).isEmpty();
    assertThat(plan.released()).isTrue();
  }

  @Test
  void aModelIsReadyOnceAServerHasLoadedItAndSaysWhatItIs() {
    ReferencePlan<ModelStatus> plan = plan(List.of("b", "a", "b"), REPORT, Optional.empty());

    assertThat(ready(plan.status())).isEqualTo("True Loaded");
    assertThat(plan.status().usedBy()).containsExactly("a", "b");
    assertThat(plan.status().format()).isEqualTo("UBJSON");
    assertThat(plan.status().xgboostVersion()).isEqualTo("3.0.5");
    assertThat(plan.status().objective()).isEqualTo("reg:squarederror");
    assertThat(plan.status().numFeatures()).isEqualTo(13);
    assertThat(plan.status().numTrees()).isEqualTo(100);
    assertThat(plan.status().sizeBytes()).isEqualTo(4711);
    assertThat(plan.status().sha256()).isEqualTo("ab12");
    assertThat(plan.events()).extracting(PlannedEvent::reason).containsExactly("Loaded");
    assertThat(plan.released()).isFalse();
  }

  @Test
  void aModelThatCannotBeLoadedSaysWhy() {
    ReferencePlan<ModelStatus> plan = plan(List.of("a"), Optional.empty(), FAILURE);

    assertThat(ready(plan.status())).isEqualTo("False ChecksumMismatch");
    assertThat(plan.status().conditions().getFirst().message()).contains("sha256 is not ab12");
    assertThat(plan.events()).extracting(PlannedEvent::reason).containsExactly("ChecksumMismatch");
  }

  @Test
  void aModelThatIsLoadingIsNotSaidToBeUnused() {
    ReferencePlan<ModelStatus> waiting = plan(List.of("b", "a"), List.of());
    ReferencePlan<ModelStatus> starting = plan(List.of("a"), List.of(fleet(0)));
    ReferencePlan<ModelStatus> ready = plan(List.of("a"), List.of(fleet(1)));

    assertThat(ready(waiting.status())).isEqualTo("Unknown Loading");
    assertThat(words(waiting)).isEqualTo("no server of it is ready yet for Endpoint a, b");
    assertThat(ready(starting.status())).isEqualTo("Unknown Loading");
    assertThat(ready(ready.status())).isEqualTo("Unknown NotReported");
    assertThat(words(ready)).isEqualTo("a server is ready for Endpoint a, and is asked");
    assertThat(ready.events()).isEmpty();
  }

  @Test
  void wordsOfAModelThatIsNotKnownFollowWhatHappens() {
    model.setStatus(plan(List.of(), List.of()).status());
    ReferencePlan<ModelStatus> used = plan(List.of("a"), List.of(fleet(0)));
    model.setStatus(used.status());

    assertThat(ready(used.status())).isEqualTo("Unknown Loading");
    assertThat(ready(plan(List.of(), List.of()).status())).isEqualTo("Unknown NotLoaded");
  }

  @Test
  void aModelWithAnImageOfItsOwnIsReadyOnceThatIs() {
    model.setSpec(new ModelSpec(null, "own:1", null, null, null, null, null));
    ReferencePlan<ModelStatus> starting = plan(List.of("a"), List.of(fleet(0)));
    ReferencePlan<ModelStatus> serving = plan(List.of("a"), List.of(fleet(0), fleet(2)));
    ReferencePlan<ModelStatus> crashing =
        plan(List.of("a"), List.of(fleet(0, Optional.empty(), FAILURE)));

    assertThat(ready(starting.status())).isEqualTo("Unknown Loading");
    assertThat(ready(serving.status())).isEqualTo("True OwnImage");
    assertThat(words(serving)).startsWith("is served by its own image");
    assertThat(serving.status().numFeatures()).isNull();
    assertThat(serving.events()).extracting(PlannedEvent::reason).containsExactly("OwnImage");
    assertThat(ready(crashing.status())).isEqualTo("False ChecksumMismatch");
    model.setStatus(serving.status());
    assertThat(ready(plan(List.of(), List.of()).status())).isEqualTo("True OwnImage");
  }

  @Test
  void aServerThatHasLoadedItOutweighsOneThatCouldNot() {
    assertThat(ready(plan(List.of("a"), REPORT, FAILURE).status())).isEqualTo("True Loaded");
  }

  @Test
  void whatIsKnownIsKeptWhenTheLastServerIsGone() {
    ModelStatus loaded = plan(List.of("a"), REPORT, Optional.empty()).status();
    model.setStatus(loaded);
    ReferencePlan<ModelStatus> later = plan(List.of(), Optional.empty(), Optional.empty());

    assertThat(later.status().conditions()).isEqualTo(loaded.conditions());
    assertThat(later.status().numTrees()).isEqualTo(100);
    assertThat(later.status().sha256()).isEqualTo("ab12");
    assertThat(later.events()).isEmpty();
  }

  @Test
  void planningTwiceSaysNothingNew() {
    ModelStatus first = plan(List.of("a"), Optional.empty(), FAILURE).status();
    model.setStatus(first);
    ReferencePlan<ModelStatus> again =
        Planner.plan(
            new ModelView(
                model,
                List.of(),
                List.of("a"),
                List.of(fleet(0, Optional.empty(), FAILURE)),
                NOON.plusSeconds(9)));

    assertThat(again.status()).isEqualTo(first);
    assertThat(again.events()).isEmpty();
  }

  @Test
  void anEndpointConfigIsReadyWhenItsModelsExist() {
    ReferencePlan<EndpointConfigStatus> missing = plan(Set.of("m1"), List.of());
    config.setStatus(missing.status());
    ReferencePlan<EndpointConfigStatus> found = plan(Set.of("m1", "m2"), List.of());

    assertThat(condition(missing.status().conditions())).isEqualTo("False ModelNotFound");
    assertThat(missing.status().conditions().getFirst().message()).contains("no Model m2");
    assertThat(missing.events())
        .extracting(PlannedEvent::severity, PlannedEvent::reason)
        .containsExactly(tuple(Severity.Warning, "ModelNotFound"));
    assertThat(condition(found.status().conditions())).isEqualTo("True ModelsFound");
    assertThat(found.events())
        .extracting(PlannedEvent::severity, PlannedEvent::reason)
        .containsExactly(tuple(Severity.Normal, "ModelsFound"));
    config.setStatus(found.status());
    assertThat(plan(Set.of("m1", "m2", "m3"), List.of("a")).events()).isEmpty();
  }

  @Test
  void anEndpointConfigIsHeldWhileAnEndpointUsesIt() {
    assertThat(plan(Set.of(), List.of("housing")).released()).isFalse();
    assertThat(plan(Set.of(), List.of("housing")).status().usedBy()).containsExactly("housing");
    assertThat(plan(Set.of(), List.of()).released()).isTrue();
  }

  @Test
  void aDeletionThatWaitsIsToldOnce() {
    config.getMetadata().setDeletionTimestamp(NOON.toString());
    model.getMetadata().setDeletionTimestamp(NOON.toString());
    ReferencePlan<EndpointConfigStatus> first = plan(Set.of("m1", "m2"), List.of("b", "a"));
    config.setStatus(first.status());

    assertThat(first.events())
        .extracting(PlannedEvent::reason)
        .containsExactly("ModelsFound", "DeletionWaits");
    assertThat(first.events().getLast().message()).endsWith("by Endpoint a, b");
    assertThat(first.status().conditions())
        .extracting(Condition::type)
        .containsExactly("Ready", "DeletionWaits");
    assertThat(plan(Set.of("m1", "m2"), List.of("a")).events()).isEmpty();
    assertThat(plan(Set.of("m1", "m2"), List.of()).status().conditions()).hasSize(1);
    assertThat(plan(List.of("a"), List.of()).events())
        .extracting(PlannedEvent::reason)
        .containsExactly("DeletionWaits");
  }

  private ReferencePlan<ModelStatus> plan(
      List<String> endpoints, Optional<ModelReport> report, Optional<ServerFailure> failure) {
    boolean runs = report.isPresent() || failure.isPresent();
    int ready = report.isPresent() ? 1 : 0;
    return plan(endpoints, runs ? List.of(fleet(ready, report, failure)) : List.of());
  }

  private ReferencePlan<ModelStatus> plan(List<String> endpoints, List<ObservedFleet> fleets) {
    return Planner.plan(new ModelView(model, List.of(), endpoints, fleets, NOON));
  }

  private static ObservedFleet fleet(int ready) {
    return fleet(ready, Optional.empty(), Optional.empty());
  }

  private static ObservedFleet fleet(
      int ready, Optional<ModelReport> report, Optional<ServerFailure> failure) {
    List<ServerFailure> failures = failure.stream().toList();
    return new ObservedFleet(
        "a-stable-1", "stable", "1", "", 1, ready, true, failures, report, null);
  }

  private static String words(ReferencePlan<ModelStatus> plan) {
    return plan.status().conditions().getFirst().message();
  }

  private ReferencePlan<EndpointConfigStatus> plan(Set<String> models, List<String> endpoints) {
    return Planner.plan(new EndpointConfigView(config, models, endpoints, NOON));
  }

  private static String ready(ModelStatus status) {
    return condition(status.conditions());
  }

  private static String condition(List<Condition> conditions) {
    Condition ready = conditions.getFirst();
    assertThat(ready.type()).isEqualTo("Ready");
    return ready.status() + " " + ready.reason();
  }
}
