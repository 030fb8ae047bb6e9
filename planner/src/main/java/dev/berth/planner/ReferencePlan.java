package dev.berth.planner;

import java.util.List;

/**
 * What should be so for a Model or an EndpointConfig.
 *
 * @param status to report, when it differs from what stands: a ModelStatus or EndpointConfigStatus
 * @param released nobody uses it: its finalizer can go when it is being deleted
 */
public record ReferencePlan<S>(S status, List<PlannedEvent> events, boolean released) {}
