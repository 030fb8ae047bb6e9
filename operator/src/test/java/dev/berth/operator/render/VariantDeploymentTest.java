package dev.berth.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.ProductionVariant;
import dev.berth.api.ProductionVariant.Resources;
import dev.berth.planner.Fleet;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariantDeploymentTest {

  private final Deployment first = first(Samples.plain());

  @Test
  void aRunningFleetKeepsTheTemplateThatAnEarlierReleaseRendered() {
    Deployment live =
        new DeploymentBuilder(first)
            .editMetadata()
            .addToAnnotations(Labels.TEMPLATE, "of-an-earlier-release")
            .endMetadata()
            .editSpec()
            .editTemplate()
            .editSpec()
            .withTerminationGracePeriodSeconds(30L)
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();

    Deployment next = VariantDeployment.next(first, live, false);

    assertThat(next.getSpec().getTemplate()).isEqualTo(live.getSpec().getTemplate());
    assertThat(next.getMetadata().getAnnotations())
        .containsEntry(Labels.TEMPLATE, "of-an-earlier-release");
    assertThat(next.getSpec().getReplicas()).isEqualTo(1);
  }

  @Test
  void aForeignEditOfOurOwnTemplateIsPutRight() {
    Deployment live =
        new DeploymentBuilder(first)
            .editSpec()
            .editTemplate()
            .editSpec()
            .withTerminationGracePeriodSeconds(1L)
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();

    assertThat(VariantDeployment.next(first, live, false)).isEqualTo(first);
  }

  @Test
  void aNewImageRollsTheFleet() {
    Fleet plain = Samples.plain();
    Fleet newer =
        new Fleet(
            plain.name(),
            plain.namespace(),
            plain.endpoint(),
            plain.revision(),
            plain.modelName(),
            plain.model(),
            plain.variant(),
            "berth/model-server:2",
            1);

    assertThat(VariantDeployment.next(first(newer), first, false)).isEqualTo(first(newer));
  }

  @Test
  void aPullPolicyWeightOrSizeIsNoInputOfTheTemplate() {
    Fleet plain = Samples.plain();
    ProductionVariant bigger =
        new ProductionVariant("stable", "boston-v1", 5.0, 7, null, null, null, null, null);

    assertThat(inputs(first(Samples.fleet(plain.model(), bigger)))).isEqualTo(inputs(first));
    assertThat(
            inputs(VariantDeployment.first(plain, Owners.controller(Samples.endpoint()), "Never")))
        .isEqualTo(inputs(first));
  }

  @Test
  void resourcesAreAnInputOfTheTemplate() {
    Resources resources = new Resources(Map.of("cpu", new Quantity("1")), null);
    ProductionVariant other =
        new ProductionVariant("stable", "boston-v1", null, null, resources, null, null, null, null);

    assertThat(inputs(first(Samples.fleet(Samples.plain().model(), other))))
        .isNotEqualTo(inputs(first));
  }

  @Test
  void anAutoscalersReplicasAreLeftOutAfterTheFirstSize() {
    Deployment sized = first(Samples.autoscaled(Samples.cpu()));

    assertThat(sized.getSpec().getReplicas()).isEqualTo(2);
    assertThat(VariantDeployment.next(sized, sized, true).getSpec().getReplicas()).isNull();
  }

  private static String inputs(Deployment deployment) {
    return deployment.getMetadata().getAnnotations().get(Labels.TEMPLATE_OF);
  }

  private static Deployment first(Fleet fleet) {
    return VariantDeployment.first(fleet, Owners.controller(Samples.endpoint()), "IfNotPresent");
  }
}
