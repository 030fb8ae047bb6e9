package dev.berth.planner.rollout;

/**
 * Why something is not served.
 *
 * @param reason one CamelCase word for programs
 * @param message a sentence that names the Model, where a Model is to blame
 */
public record Failure(String reason, String message) {}
