/**
 * What an Endpoint's plan tells people: phase, conditions, variants, what an update waits for,
 * Events. It decides nothing: it puts the rollout's outcome into words. Leans on rollout, route and
 * condition.
 */
package dev.berth.planner.status;
