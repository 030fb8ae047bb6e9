package dev.berth.serving.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes the head of an HTTP/1.1 message. Netty's encoders would do it too, by way of a message
 * object, a list of buffers and a second system call for the body: a seventh of what a small answer
 * costs outside the kernel.
 */
public final class HeadWriter {
  private static final int CRLF = '\r' << 8 | '\n';
  private static final int COLON_SPACE = ':' << 8 | ' ';
  private static final AsciiString VERSION = new AsciiString(" HTTP/1.1\r\n");
  private static final AsciiString[] STATUS_LINES = new AsciiString[600];

  static {
    for (int code = 100; code < STATUS_LINES.length; code++) {
      STATUS_LINES[code] = statusLine(code);
    }
  }

  private final ByteBuf out;

  private HeadWriter(ByteBuf out) {
    this.out = out;
  }

  /**
   * Begins a request.
   *
   * @param target path and query, as they go over the wire
   */
  static HeadWriter request(ByteBuf out, String method, String target) {
    ByteBufUtil.writeAscii(out, method);
    out.writeByte(' ');
    ByteBufUtil.writeAscii(out, target);
    ByteBufUtil.writeAscii(out, VERSION);
    return new HeadWriter(out);
  }

  /** Begins an answer. */
  static HeadWriter answer(ByteBuf out, int status) {
    ByteBufUtil.writeAscii(
        out, status < STATUS_LINES.length ? STATUS_LINES[status] : statusLine(status));
    return new HeadWriter(out);
  }

  /** Adds headers that were checked when they were decoded or set. */
  public HeadWriter addAll(HttpHeaders headers) {
    Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
    while (each.hasNext()) {
      Map.Entry<CharSequence, CharSequence> header = each.next();
      add(header.getKey(), header.getValue());
    }
    return this;
  }

  /** Adds a header of ours: neither name nor value is looked at for line ends. */
  HeadWriter add(CharSequence name, CharSequence value) {
    ByteBufUtil.writeAscii(out, name);
    ByteBufUtil.writeShortBE(out, COLON_SPACE);
    ByteBufUtil.writeAscii(out, value);
    ByteBufUtil.writeShortBE(out, CRLF);
    return this;
  }

  /** The head is complete. */
  public void end() {
    ByteBufUtil.writeShortBE(out, CRLF);
  }

  private static AsciiString statusLine(int code) {
    HttpResponseStatus status = HttpResponseStatus.valueOf(code);
    return new AsciiString("HTTP/1.1 " + code + " " + status.reasonPhrase() + "\r\n");
  }
}
