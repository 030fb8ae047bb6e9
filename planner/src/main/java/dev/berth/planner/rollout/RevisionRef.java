package dev.berth.planner.rollout;

/**
 * A revision as status remembers it, whether or not its EndpointConfig still exists.
 *
 * @param configName the EndpointConfig's name; empty when only the route remembers the revision
 */
public record RevisionRef(String configName, String hash) {}
