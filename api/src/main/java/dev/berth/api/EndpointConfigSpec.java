package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How to run Models. Immutable: a change is a new EndpointConfig. */
@ValidationRule(
    value = "self == oldSelf",
    message =
        "the spec of an EndpointConfig never changes: make a new EndpointConfig with another name,"
            + " and name it in the Endpoint's spec.endpointConfigName (weights and replicas can"
            + " be changed in the Endpoint's spec.variants)")
@SchemaCustomizer(value = UniqueItems.class, input = "productionVariants by name")
public record EndpointConfigSpec(
    @JsonPropertyDescription(
            "Who answers: one variant, or up to 10 that share the traffic by weight.")
        @Required
        @Size(min = 1, max = 10)
        @ValidationRule(
            value = "self.exists(v, !has(v.weight) || v.weight > 0.0)",
            message = "the weights add up to 0, so nobody would answer: give a variant a weight")
        List<ProductionVariant> productionVariants) {}
