package dev.berth.serving.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * One message as bytes: its head, and its body framed. What is small is put together, so that it
 * leaves with one system call.
 */
public final class MessageBytes {
  /** A head and a body up to here leave in one piece: to copy it costs less than to send two. */
  private static final int JOINED_BYTES = 8 << 10;

  /** Room for a head as they are. */
  private static final int HEAD_BYTES = 384;

  /** What a client may wait for before it sends its body. */
  static final ByteBuf CONTINUE = constant("HTTP/1.1 100 Continue\r\n\r\n");

  private static final ByteBuf CRLF = constant("\r\n");
  private static final ByteBuf LAST_CHUNK = constant("0\r\n\r\n");

  private final Consumer<ByteBuf> connection;

  /** The beginning of the message, as long as what follows may join it. */
  private ByteBuf unsent = Unpooled.EMPTY_BUFFER;

  private boolean chunked;
  private boolean bodyless;

  /** A message that goes to {@code connection}, which takes over the references of its pieces. */
  public MessageBytes(Consumer<ByteBuf> connection) {
    this.connection = connection;
  }

  /** The same bytes for every message that needs them. */
  static ByteBuf constant(String ascii) {
    return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(ascii, US_ASCII)).asReadOnly();
  }

  /** Pieces of the body go as chunks. */
  public void inChunks() {
    chunked = true;
  }

  /** The message ends with its head, whatever else is handed over. */
  void withoutBody() {
    bodyless = true;
  }

  /**
   * Begins a request.
   *
   * @param target path and query
   * @param bodyBytes how much body is likely to follow
   */
  public HeadWriter request(
      ByteBufAllocator allocator, String method, String target, int bodyBytes) {
    return HeadWriter.request(room(allocator, bodyBytes), method, target);
  }

  /** Begins an answer, as {@link #request} does a request. */
  HeadWriter answer(ByteBufAllocator allocator, int status, int bodyBytes) {
    return HeadWriter.answer(room(allocator, bodyBytes), status);
  }

  /** Adds a piece of the body, whose reference goes over. */
  public void body(ByteBuf piece) {
    if (bodyless || !piece.isReadable()) {
      piece.release();
    } else if (chunked) {
      String size = Integer.toHexString(piece.readableBytes()) + "\r\n";
      add(Unpooled.copiedBuffer(size, US_ASCII));
      add(piece);
      add(CRLF.duplicate());
    } else {
      add(piece);
    }
  }

  /** The body is complete. */
  public void end() {
    if (chunked && !bodyless) {
      add(LAST_CHUNK.duplicate());
    }
    send();
  }

  /** Hands the connection what it does not have yet. */
  public void send() {
    if (unsent.isReadable()) {
      connection.accept(unsent);
      unsent = Unpooled.EMPTY_BUFFER;
    }
  }

  /** Nobody reads the message any more. */
  void drop() {
    unsent.release();
    unsent = Unpooled.EMPTY_BUFFER;
  }

  private ByteBuf room(ByteBufAllocator allocator, int bodyBytes) {
    unsent = allocator.ioBuffer(HEAD_BYTES + Math.min(bodyBytes, JOINED_BYTES));
    return unsent;
  }

  private void add(ByteBuf part) {
    if (unsent.isReadable() && unsent.readableBytes() + part.readableBytes() <= JOINED_BYTES) {
      unsent.writeBytes(part);
      part.release();
    } else {
      send();
      connection.accept(part);
    }
  }
}
