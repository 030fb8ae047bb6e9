package dev.berth.e2e.load;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What to send, and how much of it.
 *
 * @param target where to connect
 * @param head the request line and headers, without Content-Length and the empty line at the end
 * @param body the request's body
 * @param connections requests in flight at most; each has a connection of its own
 * @param pause how long each connection rests between an answer and the next request
 */
public record LoadPlan(
    InetSocketAddress target, String head, String body, int connections, Duration pause) {

  /** A connection that gives no answer for this long has failed. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** CSV rows to an endpoint by its own Service's name. */
  public static LoadPlan csv(InetSocketAddress target, String host, String rows, int connections) {
    String head =
        """
        POST /invocations HTTP/1.1\r
        Host: %s\r
        Content-Type: text/csv\r
        Accept: text/csv\r
        """
            .formatted(host);
    return new LoadPlan(target, head, rows, connections, Duration.ofMillis(connections));
  }

  byte[] request() {
    byte[] text = body.getBytes(StandardCharsets.UTF_8);
    byte[] start =
        (head + "Content-Length: " + text.length + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[start.length + text.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(text, 0, whole, start.length, text.length);
    return whole;
  }
}
