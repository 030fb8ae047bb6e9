/**
 * Puts an Endpoint's plan together: which step the rollout is at, which fleets that means, what the
 * routers must obey, what people are told, when to look again. Leans on all other rooms; none leans
 * on it but the entry.
 */
package dev.berth.planner.endpoint;
