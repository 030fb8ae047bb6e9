package dev.berth.router.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;

/** Headers that are about one connection and never cross a proxy (RFC 9110, 7.6.1). */
final class HopByHop {
  private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

  private static final List<AsciiString> NAMES =
      List.of(
          HttpHeaderNames.CONNECTION,
          KEEP_ALIVE,
          HttpHeaderNames.TRANSFER_ENCODING,
          HttpHeaderNames.TE,
          HttpHeaderNames.TRAILER,
          HttpHeaderNames.UPGRADE,
          HttpHeaderNames.PROXY_AUTHENTICATE,
          HttpHeaderNames.PROXY_AUTHORIZATION,
          AsciiString.cached("proxy-connection"));

  /** Removes them, and those that Connection names. */
  static void remove(HttpHeaders headers) {
    for (String named : headers.getAll(HttpHeaderNames.CONNECTION)) {
      removeNamed(headers, named);
    }
    for (int i = 0; i < NAMES.size(); i++) {
      headers.remove(NAMES.get(i));
    }
  }

  /** A client must not have us drop what frames or routes its own request. */
  private static void removeNamed(HttpHeaders headers, String connection) {
    if (KEEP_ALIVE.contentEqualsIgnoreCase(connection)) {
      return; // by far the most frequent, and one of NAMES
    }
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
