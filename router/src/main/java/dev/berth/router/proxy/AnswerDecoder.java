package dev.berth.router.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Reads answers; knows which are to HEAD and have no body, and whether anything came at all. */
final class AnswerDecoder extends HttpResponseDecoder {
  private static final int MAX_HEADER_BYTES = 32 << 10;
  private static final int MAX_CHUNK_BYTES = 64 << 10;

  private boolean toHead;
  private boolean silent = true;

  AnswerDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_HEADER_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxChunkSize(MAX_CHUNK_BYTES));
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

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    silent = false;
    super.channelRead(ctx, message);
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
