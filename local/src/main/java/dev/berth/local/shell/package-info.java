/**
 * The local shell: reads a folder, gathers what its processes do, asks the planner, makes it so and
 * reports, over and over in one thread. It decides nothing itself; the operator on Kubernetes runs
 * the same plans. Leans on every other room of this module and on the planner.
 */
package dev.berth.local.shell;
