package dev.berth.api;

import java.util.List;

/** Whether the Models that the variants name exist, and which Endpoints use this. */
public record EndpointConfigStatus(
    Long observedGeneration, List<Condition> conditions, List<String> usedBy) {}
