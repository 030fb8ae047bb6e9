package dev.berth.router.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** Headers that are about one connection and never cross a proxy (RFC 9110, 7.6.1). */
final class HopByHop {
  /** Removes them, and those that Connection names. */
  static void remove(HttpHeaders headers) {
    List<String> named = headers.getAll(HttpHeaderNames.CONNECTION);
    for (String value : named) {
      removeNamed(headers, value);
    }
    headers.remove(HttpHeaderNames.CONNECTION);
    headers.remove("keep-alive");
    headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
    headers.remove(HttpHeaderNames.TE);
    headers.remove(HttpHeaderNames.TRAILER);
    headers.remove(HttpHeaderNames.UPGRADE);
    headers.remove(HttpHeaderNames.PROXY_AUTHENTICATE);
    headers.remove(HttpHeaderNames.PROXY_AUTHORIZATION);
    headers.remove("proxy-connection");
  }

  /** A client must not have us drop what frames or routes its own request. */
  private static void removeNamed(HttpHeaders headers, String connection) {
    int start = 0;
    while (start <= connection.length()) {
      int comma = connection.indexOf(',', start);
      int end = comma < 0 ? connection.length() : comma;
      String name = connection.substring(start, end).strip();
      if (!name.isEmpty()
          && !HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
          && !HttpHeaderNames.HOST.contentEqualsIgnoreCase(name)) {
        headers.remove(name);
      }
      start = end + 1;
    }
  }

  private HopByHop() {}
}
