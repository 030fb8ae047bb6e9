package dev.berth.router.proxy;

import dev.berth.serving.http.MessageBoundary;
import dev.berth.serving.http.PlainMessages;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.List;

/** Reads answers; knows which are to HEAD and have no body, and whether anything came at all. */
final class AnswerDecoder extends HttpResponseDecoder {
  private static final int MAX_HEADER_BYTES = 32 << 10;
  private static final int MAX_CHUNK_BYTES = 64 << 10;

  private final PlainMessages plain = PlainMessages.answers(MAX_HEADER_BYTES);
  private final MessageBoundary boundary = new MessageBoundary();
  private boolean toHead;
  private boolean silent = true;

  AnswerDecoder() {
    super(config());
  }

  static HttpDecoderConfig config() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(MAX_HEADER_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setMaxChunkSize(MAX_CHUNK_BYTES);
  }

  /** A request is sent whose answer comes next. */
  void expect(boolean answerToHead) {
    toHead = answerToHead;
    silent = true;
  }

  /** Whether nothing has come since the last request. */
  boolean silent() {
    return silent;
  }

  /** Whether all that has come was handed on: behind an answer, that nothing came with it. */
  boolean readAll() {
    return actualReadableBytes() == 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    silent = false;
    boolean mayBePlain = boundary.between() && !toHead && readAll();
    if (mayBePlain && message instanceof ByteBuf in && plain.handOn(ctx, in)) {
      in.release();
      return;
    }
    super.channelRead(ctx, message);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    int from = out.size();
    super.decode(ctx, in, out);
    boundary.decoded(out, from);
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return toHead || super.isContentAlwaysEmpty(message);
  }

  /** As for requests: Netty would drop one of the two lengths and believe the other. */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }
}
