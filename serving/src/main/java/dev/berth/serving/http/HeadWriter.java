package dev.berth.serving.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes the head of an HTTP/1.1 message. Netty's encoders would do it too, by way of a message
 * object, a list of buffers and a second system call for the body: a seventh of what a small answer
 * costs outside the kernel. It is put together in an array and copied once: a buffer would look at
 * its bounds and its references with every piece.
 */
public final class HeadWriter {
  /** Room for all but the longest heads: those grow out of it, and the room stays as it is. */
  private static final int USUAL_BYTES = 4 << 10;

  private static final AsciiString SPACE = new AsciiString(" ");
  private static final AsciiString VERSION = new AsciiString(" HTTP/1.1\r\n");

  /** By status, as soon as there was an answer of that status. */
  private static final AsciiString[] STATUS_LINES = new AsciiString[600];

  /** An event loop writes one head at a time. */
  private static final FastThreadLocal<byte[]> ROOMS =
      new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
          return new byte[USUAL_BYTES];
        }
      };

  private final ByteBuf out;
  private byte[] head = ROOMS.get();
  private int size;

  private HeadWriter(ByteBuf out) {
    this.out = out;
  }

  /**
   * Begins a request.
   *
   * @param target path and query, as they go over the wire
   */
  static HeadWriter request(ByteBuf out, String method, String target) {
    HeadWriter writer = new HeadWriter(out);
    writer.put(method);
    writer.put(SPACE);
    writer.put(target);
    writer.put(VERSION);
    return writer;
  }

  /** Begins an answer. */
  static HeadWriter answer(ByteBuf out, int status) {
    HeadWriter writer = new HeadWriter(out);
    writer.put(statusLine(status));
    return writer;
  }

  /** Adds headers that were checked when they were decoded or set. */
  public HeadWriter addAll(HttpHeaders headers) {
    if (headers instanceof FlatHeaders flat) {
      for (int i = 0; i < flat.size(); i++) {
        add(flat.name(i), flat.value(i));
      }
      return this;
    }
    Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
    while (each.hasNext()) {
      Map.Entry<CharSequence, CharSequence> header = each.next();
      add(header.getKey(), header.getValue());
    }
    return this;
  }

  /** Adds a header of ours: neither name nor value is looked at for line ends. */
  public HeadWriter add(CharSequence name, CharSequence value) {
    put(name);
    put(':', ' ');
    put(value);
    put('\r', '\n');
    return this;
  }

  /** The head is complete. */
  public void end() {
    put('\r', '\n');
    out.writeBytes(head, 0, size);
  }

  private void put(CharSequence text) {
    if (text instanceof AsciiString ascii) {
      put(ascii.array(), ascii.arrayOffset(), ascii.length());
    } else {
      // What is no Latin letter becomes a question mark, and not a line end by its lower half.
      byte[] latin = text.toString().getBytes(ISO_8859_1);
      put(latin, 0, latin.length);
    }
  }

  private void put(byte[] text, int from, int length) {
    require(length);
    System.arraycopy(text, from, head, size, length);
    size += length;
  }

  private void put(char one, char other) {
    require(2);
    head[size++] = (byte) one;
    head[size++] = (byte) other;
  }

  private void require(int more) {
    if (size + more > head.length) {
      head = Arrays.copyOf(head, 2 * (size + more));
    }
  }

  private static AsciiString statusLine(int code) {
    AsciiString known = code < STATUS_LINES.length ? STATUS_LINES[code] : null;
    if (known != null) {
      return known;
    }
    HttpResponseStatus status = HttpResponseStatus.valueOf(code);
    AsciiString line = new AsciiString("HTTP/1.1 " + code + " " + status.reasonPhrase() + "\r\n");
    if (code < STATUS_LINES.length) {
      STATUS_LINES[code] = line;
    }
    return line;
  }
}
