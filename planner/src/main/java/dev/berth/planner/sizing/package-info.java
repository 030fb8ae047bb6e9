/**
 * How many replicas a fleet has. Where an autoscaler owns the number, this room only sets the first
 * size and the autoscaler's floor. Leans on defaults.
 */
package dev.berth.planner.sizing;
