package dev.berth.modelserver.model;

import java.util.Optional;

/**
 * What is known of a loaded model besides its booster.
 *
 * @param sizeBytes of the artifact
 * @param sha256 of the artifact, lower case hexadecimal; empty until it has been worked out
 */
public record ModelFacts(String name, long sizeBytes, Optional<String> sha256) {}
