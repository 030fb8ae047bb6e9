package dev.berth.router.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Headers that are about one connection and never cross a proxy (RFC 9110, 7.6.1). */
final class HopByHop {
  private static final List<AsciiString> NAMES =
      List.of(
          HttpHeaderNames.CONNECTION,
          AsciiString.cached("keep-alive"),
          HttpHeaderNames.TRANSFER_ENCODING,
          HttpHeaderNames.TE,
          HttpHeaderNames.TRAILER,
          HttpHeaderNames.UPGRADE,
          HttpHeaderNames.PROXY_AUTHENTICATE,
          HttpHeaderNames.PROXY_AUTHORIZATION,
          AsciiString.cached("proxy-connection"));

  /** Removes them, and those that Connection names. */
  static void remove(HttpHeaders headers) {
    // Most messages have none, and to look once is cheaper than to remove nothing nine times.
    if (!any(headers)) {
      return;
    }
    for (String named : headers.getAll(HttpHeaderNames.CONNECTION)) {
      removeNamed(headers, named);
    }
    NAMES.forEach(headers::remove);
  }

  private static boolean any(HttpHeaders headers) {
    Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
    while (each.hasNext()) {
      CharSequence name = each.next().getKey();
      for (int i = 0; i < NAMES.size(); i++) {
        // contentEqualsIgnoreCase looks at the lengths first.
        if (NAMES.get(i).contentEqualsIgnoreCase(name)) {
          return true;
        }
      }
    }
    return false;
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
