package dev.berth.planner;

import dev.berth.api.EndpointRouteSpec;
import dev.berth.api.EndpointStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What should be so for one Endpoint.
 *
 * @param fleets fleets to run, in this shape
 * @param keep names of fleets to leave exactly as they are, because what they were made from is
 *     gone or must not touch them now; a fleet in neither list is to be removed
 * @param route what routers must obey; empty while there is nothing to say yet, or once the
 *     Endpoint is going and its route is to be removed
 * @param needsRouter the Endpoint needs its Service and a router behind it; false while a stranger
 *     has the Service's name
 * @param status to report, when it differs from what stands
 * @param events one a phase change or failure
 * @param lookAgain when to plan again though nothing changed
 * @param released nothing of the Endpoint is left: its finalizer can go
 */
public record EndpointPlan(
    List<Fleet> fleets,
    Set<String> keep,
    Optional<EndpointRouteSpec> route,
    boolean needsRouter,
    EndpointStatus status,
    List<PlannedEvent> events,
    Optional<Duration> lookAgain,
    boolean released) {}
