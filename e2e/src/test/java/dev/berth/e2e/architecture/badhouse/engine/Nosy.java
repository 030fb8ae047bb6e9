package dev.berth.e2e.architecture.badhouse.engine;

import dev.berth.e2e.architecture.badhouse.planner.north.Compass;

/** An engine that knows the planner and speaks HTTP. */
record Nosy(Compass compass, java.net.http.HttpClient client) {}
