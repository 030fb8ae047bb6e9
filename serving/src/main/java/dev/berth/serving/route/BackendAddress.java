package dev.berth.serving.route;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where one server listens.
 *
 * @param host a name or an IP address, IPv6 without brackets
 */
public record BackendAddress(String host, int port) {

  public BackendAddress {
    Check.that(host != null && !host.isEmpty(), "a backend's host is missing");
    Check.that(
        port > 0 && port < 65536, "backend '" + host + "': port " + port + " is out of range");
  }

  /**
   * Reads {@code host:port} or {@code [ipv6]:port}.
   *
   * @throws InvalidRouteTableException when it is neither
   */
  @JsonCreator
  public static BackendAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    Check.that(colon > 0, "backend '" + text + "' is not host:port");
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return new BackendAddress(host, Integer.parseInt(text, colon + 1, text.length(), 10));
    } catch (NumberFormatException _) {
      throw new InvalidRouteTableException("backend '" + text + "' is not host:port");
    }
  }

  /** {@code host:port}, as a URL has it. */
  @Override
  @JsonValue
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
