package dev.berth.serving.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Reads whole, ordinary messages, which nearly all are, in one pass: a head and a body of a known
 * length that have come in one piece, in the strictest grammar that RFC 9112 has. It never refuses:
 * what is unusual in any way stays where it is, for Netty's decoder, so that there is one place
 * that says what is not a request. What both would take they read the same, by test.
 */
public final class PlainMessages {
  /** What a body may have: Netty's decoders give larger ones in pieces. */
  private static final int MAX_BODY_BYTES = 64 << 10;

  /** Longer heads are for Netty. */
  private static final int MAX_HEAD_BYTES = 2 << 10;

  private final boolean requests;
  private final int maxHeadBytes;

  private PlainMessages(boolean requests, int maxHeaderBytes) {
    this.requests = requests;
    this.maxHeadBytes = Math.min(maxHeaderBytes, MAX_HEAD_BYTES);
  }

  /**
   * A reader of requests.
   *
   * @param maxHeaderBytes what Netty's decoder grants the first line, and the headers together
   */
  static PlainMessages requests(int maxHeaderBytes) {
    return new PlainMessages(true, maxHeaderBytes);
  }

  /** A reader of answers to requests that were not HEAD; {@link #requests} has the parameter. */
  public static PlainMessages answers(int maxHeaderBytes) {
    return new PlainMessages(false, maxHeaderBytes);
  }

  /**
   * Hands on the message that {@code in} begins with, as one object.
   *
   * @return false when it is not whole or not ordinary: then nothing was read
   */
  public boolean handOn(ChannelHandlerContext context, ByteBuf in) {
    byte[] text = new byte[Math.min(in.readableBytes(), maxHeadBytes)];
    in.getBytes(in.readerIndex(), text);
    PlainHead head = new PlainHead(text);
    if (!(requests ? head.readRequest() : head.readAnswer())) {
      return false;
    }
    int bodyBytes = head.bodyBytes();
    int behind = in.readableBytes() - head.bytes() - bodyBytes;
    // Requests come one behind the other; what comes behind an answer is not ordinary.
    if (bodyBytes > MAX_BODY_BYTES || behind < 0 || (behind > 0 && !requests)) {
      return false;
    }
    in.skipBytes(head.bytes());
    ByteBuf body = bodyBytes == 0 ? Unpooled.EMPTY_BUFFER : in.readRetainedSlice(bodyBytes);
    context.fireChannelRead(requests ? request(head, body) : answer(head, body));
    return true;
  }

  private static FullHttpMessage request(PlainHead head, ByteBuf body) {
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        head.method(),
        head.target(),
        body,
        head.headers(),
        EmptyHttpHeaders.INSTANCE);
  }

  private static FullHttpMessage answer(PlainHead head, ByteBuf body) {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf(head.status()),
        body,
        head.headers(),
        EmptyHttpHeaders.INSTANCE);
  }
}
