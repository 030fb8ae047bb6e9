package dev.berth.planner.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Condition;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointConfigStatus;
import dev.berth.api.Model;
import dev.berth.api.ModelStatus;
import dev.berth.planner.ObservedFleet.ModelReport;
import dev.berth.planner.ObservedFleet.ServerFailure;
import dev.berth.planner.PlannedEvent;
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
                model, List.of(), List.of("a"), Optional.empty(), FAILURE, NOON.plusSeconds(9)));

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
    assertThat(condition(found.status().conditions())).isEqualTo("True ModelsFound");
  }

  @Test
  void anEndpointConfigIsHeldWhileAnEndpointUsesIt() {
    assertThat(plan(Set.of(), List.of("housing")).released()).isFalse();
    assertThat(plan(Set.of(), List.of("housing")).status().usedBy()).containsExactly("housing");
    assertThat(plan(Set.of(), List.of()).released()).isTrue();
  }

  private ReferencePlan<ModelStatus> plan(
      List<String> endpoints, Optional<ModelReport> report, Optional<ServerFailure> failure) {
    return Planner.plan(new ModelView(model, List.of(), endpoints, report, failure, NOON));
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
