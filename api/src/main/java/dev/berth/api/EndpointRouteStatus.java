package dev.berth.api;

import java.util.List;

/** Which generation each router serves; every router applies its own entry. */
public record EndpointRouteStatus(List<RouterAck> routers) {

  /** A router's word: from {@code time} on it routes by {@code generation}. */
  public record RouterAck(String router, long generation, String time) {}
}
