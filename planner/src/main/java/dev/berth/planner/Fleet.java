package dev.berth.planner;

import dev.berth.api.ModelSpec;
import dev.berth.api.ProductionVariant;

/**
 * One variant of one revision, as it should run.
 *
 * @param name {@code <endpoint>-<variant>-<revision>}, at most 63 characters; every child of the
 *     fleet has it
 * @param revision short hash of the EndpointConfig's spec and its Models' specs
 * @param serverImage the image that the fleet was made with, or the shell's own for a new fleet;
 *     empty in a shell without images
 * @param replicas how many to run; the first size where {@code variant.autoscaling} owns the number
 */
public record Fleet(
    String name,
    String namespace,
    String endpoint,
    String revision,
    String modelName,
    ModelSpec model,
    ProductionVariant variant,
    String serverImage,
    int replicas) {}
