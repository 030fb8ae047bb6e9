package dev.berth.e2e.architecture.badhouse.planner.south;

import dev.berth.e2e.architecture.badhouse.planner.north.Compass;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The other half, and a planner that reads the world. */
public record Needle(Compass compass, KubernetesClient client) {}
