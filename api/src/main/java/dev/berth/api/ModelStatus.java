package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import java.util.List;

/**
 * What is known of a Model. Everything but {@code conditions} and {@code usedBy} comes from a
 * server that loaded it.
 */
@SchemaCustomizer(value = UniqueItems.class, input = "conditions by type")
public record ModelStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "Ready (whether the Model can serve, and why not) and DeletionWaits (for whom, while it"
                + " does).")
        List<Condition> conditions,
    @JsonPropertyDescription("Format of the file: JSON, UBJSON or legacy binary.") String format,
    @JsonPropertyDescription("Version of XGBoost that wrote the file, for example 3.0.5.")
        String xgboostVersion,
    @JsonPropertyDescription("What it was trained for, for example reg:squarederror.")
        String objective,
    @JsonPropertyDescription("How many features a row has.") Integer numFeatures,
    @JsonPropertyDescription("How many trees it has.") Integer numTrees,
    @JsonPropertyDescription("Size of the file in bytes.") Long sizeBytes,
    @JsonPropertyDescription("SHA-256 of the file that was loaded.") String sha256,
    @JsonPropertyDescription(
            "Names of the Endpoints that use it; while there are any, deleting it waits.")
        List<String> usedBy) {}
