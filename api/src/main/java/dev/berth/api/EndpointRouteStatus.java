package dev.berth.api;

import java.util.Map;

/**
 * Which generation each router serves, by the router's name; every router applies its own entry.
 */
public record EndpointRouteStatus(Map<String, RouterAck> routers) {

  /** A router's word: from {@code time} (RFC 3339) on it routes by {@code generation}. */
  public record RouterAck(long generation, String time) {}
}
