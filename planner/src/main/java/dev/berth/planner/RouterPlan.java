package dev.berth.planner;

import java.util.List;

/**
 * What should be so for one namespace's router.
 *
 * @param runs whether there is a router at all; when not, the rest says nothing
 * @param owners the Endpoints that own the router's objects, by name: with the last of them the
 *     objects go
 */
public record RouterPlan(
    String namespace, boolean runs, int replicas, String image, List<Owner> owners) {

  /** An Endpoint that the router serves. */
  public record Owner(String name, String uid) {}
}
