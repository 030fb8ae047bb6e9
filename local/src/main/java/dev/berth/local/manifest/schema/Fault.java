package dev.berth.local.manifest.schema;

/**
 * One field and what is wrong with it.
 *
 * @param field its path, {@code spec.productionVariants[0].weight}; empty for the whole resource
 * @param message in the words of the API server, without the path
 */
public record Fault(String field, String message) {}
