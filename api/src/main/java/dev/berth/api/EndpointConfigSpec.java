package dev.berth.api;

import java.util.List;

/** How to run Models. Immutable: a change is a new EndpointConfig. */
public record EndpointConfigSpec(List<ProductionVariant> productionVariants) {}
