package dev.berth.router.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Headers that are about one connection and never cross a proxy (RFC 9110, 7.6.1). */
final class HopByHop {
  private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

  /** Connection, which names more of them, is the first. */
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
    // To look once is cheaper than to remove nothing nine times.
    long there = there(headers);
    if ((there & 1) != 0) {
      for (String named : headers.getAll(NAMES.getFirst())) {
        removeNamed(headers, named);
      }
    }
    for (long left = there; left != 0; left &= left - 1) {
      headers.remove(NAMES.get(Long.numberOfTrailingZeros(left)));
    }
  }

  /** Those of {@link #NAMES} that a message has, as bits. */
  private static long there(HttpHeaders headers) {
    long there = 0;
    Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
    while (each.hasNext()) {
      CharSequence name = each.next().getKey();
      for (int i = 0; i < NAMES.size(); i++) {
        // contentEqualsIgnoreCase looks at the lengths first.
        if (NAMES.get(i).contentEqualsIgnoreCase(name)) {
          there |= 1L << i;
        }
      }
    }
    return there;
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
