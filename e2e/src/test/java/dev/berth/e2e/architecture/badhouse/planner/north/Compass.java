package dev.berth.e2e.architecture.badhouse.planner.north;

import dev.berth.e2e.architecture.badhouse.planner.south.Needle;

/** Half of a cycle. */
public record Compass(Needle needle) {}
