package dev.berth.planner;

import dev.berth.api.Endpoint;
import java.util.Collection;

/**
 * All that the plan for one namespace's router may depend on.
 *
 * @param endpoints every Endpoint of the namespace, those that are being deleted included
 * @param image the router's image; empty in a shell without images
 * @param replicas how many routers a namespace has, {@link RouterPlanner#REPLICAS} unless set
 */
public record RouterView(
    String namespace, Collection<Endpoint> endpoints, String image, int replicas) {}
