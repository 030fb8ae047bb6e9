package dev.berth.router.proxy;

import dev.berth.router.balance.Burden;
import dev.berth.router.balance.Crowding;
import dev.berth.serving.http.Request;
import dev.berth.serving.wire.WireHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;

/** What requests are likely to cost: alike are those that differ in their bodies only. */
final class Burdens {
  private static final List<AsciiString> HEADERS =
      List.of(
          HttpHeaderNames.CONTENT_TYPE,
          HttpHeaderNames.CONTENT_ENCODING,
          WireHeaders.TARGET_MODEL,
          WireHeaders.ENABLE_EXPLANATIONS);

  private static final Burden SMALL = new Burden("", 0);

  /** The burden of a request whose body has, or will have, so many bytes at the least. */
  static Burden of(Request request, long bodyBytes) {
    if (bodyBytes < Crowding.LEAST_BYTES) {
      return SMALL;
    }
    HttpHeaders headers = request.headers();
    StringBuilder kind = new StringBuilder(request.path());
    for (AsciiString header : HEADERS) {
      kind.append('\n').append(headers.get(header, ""));
    }
    return new Burden(kind.toString(), bodyBytes);
  }

  private Burdens() {}
}
