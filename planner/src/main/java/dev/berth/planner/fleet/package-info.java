/**
 * Which fleets run at the step that a rollout is at, and in what shape. What cannot be rendered any
 * more, because what it was made from is gone, is kept by its name. Leans on rollout and sizing.
 */
package dev.berth.planner.fleet;
