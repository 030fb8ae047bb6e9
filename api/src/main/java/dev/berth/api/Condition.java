package dev.berth.api;

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
    String type,
    String status,
    String reason,
    String message,
    String lastTransitionTime,
    Long observedGeneration) {}
