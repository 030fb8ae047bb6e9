package dev.berth.api;

import java.util.List;

/**
 * What is known of a Model. Everything but {@code conditions} and {@code usedBy} comes from a
 * server that loaded it.
 */
public record ModelStatus(
    Long observedGeneration,
    List<Condition> conditions,
    String format,
    String xgboostVersion,
    String objective,
    Integer numFeatures,
    Integer numTrees,
    Long sizeBytes,
    String sha256,
    List<String> usedBy) {}
