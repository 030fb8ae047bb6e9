package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * One condition with standard Kubernetes semantics.
 *
 * @param type what is judged: Ready, Serving, Progressing, ConfigAccepted
 * @param status True, False or Unknown
 * @param reason one CamelCase word for programs
 * @param message a sentence for people: what, where and what to do
 * @param lastTransitionTime when {@code status} last changed, RFC 3339, UTC
 * @param observedGeneration the generation that was judged
 */
public record Condition(
    @JsonPropertyDescription("What is judged: Ready, Serving, Progressing, ConfigAccepted.")
        @Required
        String type,
    @JsonPropertyDescription("True, False or Unknown.") @Required String status,
    @JsonPropertyDescription("Why, as one word for programs.") String reason,
    @JsonPropertyDescription("Why, as a sentence for people: what, where and what to do.")
        String message,
    @JsonPropertyDescription("When status last changed (RFC 3339, UTC).") String lastTransitionTime,
    @JsonPropertyDescription("The metadata.generation that was judged.") Long observedGeneration) {}
