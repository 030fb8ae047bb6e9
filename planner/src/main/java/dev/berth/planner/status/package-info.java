/**
 * What a plan tells people: conditions with Kubernetes' semantics, an Endpoint's variants, Events.
 * A condition keeps its time while its status stands, so that planning an unchanged world changes
 * nothing. Leans on the rollout's outcome and decides nothing itself.
 */
package dev.berth.planner.status;
