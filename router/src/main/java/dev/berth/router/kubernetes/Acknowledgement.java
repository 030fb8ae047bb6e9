package dev.berth.router.kubernetes;

import dev.berth.serving.route.Route;

/** Tells the operator, for all to read, which generation of a route this router serves. */
interface Acknowledgement {
  /**
   * Writes it down.
   *
   * @return false when the route is no more
   */
  boolean acknowledge(Route served);
}
