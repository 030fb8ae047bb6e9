/**
 * The life of an Endpoint: creation, updates from one revision to the next, deletion. A state
 * machine whose state is what status, the route and the fleets say, so that any process carries on
 * from where the last one died. Leans on revision, route and sizing for the parts.
 */
package dev.berth.planner.rollout;
