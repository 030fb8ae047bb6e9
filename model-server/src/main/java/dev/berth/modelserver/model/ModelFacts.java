package dev.berth.modelserver.model;

/**
 * What is known of a loaded model besides its booster.
 *
 * @param sizeBytes of the artifact
 * @param sha256 of the artifact, lower case hexadecimal
 */
public record ModelFacts(String name, long sizeBytes, String sha256) {}
