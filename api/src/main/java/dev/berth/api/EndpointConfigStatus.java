package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import java.util.List;

/** Whether the Models that the variants name exist, and which Endpoints use this. */
@SchemaCustomizer(value = UniqueItems.class, input = "conditions by type")
public record EndpointConfigStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "Ready (whether every Model that it names exists) and DeletionWaits (for whom, while"
                + " it does).")
        List<Condition> conditions,
    @JsonPropertyDescription(
            "Names of the Endpoints that use it; while there are any, deleting it waits.")
        List<String> usedBy) {}
