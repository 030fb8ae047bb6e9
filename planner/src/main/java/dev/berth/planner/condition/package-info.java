/**
 * Conditions with Kubernetes' semantics. A condition keeps its time while its status stands, so
 * that planning an unchanged world changes nothing. Leans on the resource types.
 */
package dev.berth.planner.condition;
