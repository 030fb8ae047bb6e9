package dev.berth.serving.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;

/** Reads requests and refuses those that two parties could read differently. */
final class RequestDecoder extends HttpRequestDecoder {
  private static final int MAX_CHUNK_BYTES = 64 << 10;

  private final PlainMessages plain;
  private final MessageBoundary boundary = new MessageBoundary();

  RequestDecoder(int maxHeaderBytes) {
    super(config(maxHeaderBytes));
    plain = PlainMessages.requests(maxHeaderBytes);
  }

  static HttpDecoderConfig config(int maxHeaderBytes) {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(maxHeaderBytes)
        .setMaxHeaderSize(maxHeaderBytes)
        .setMaxChunkSize(MAX_CHUNK_BYTES)
        .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory())
        .setStrictLineParsing(true)
        .setUseRfc9112TransferEncoding(true);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (!(message instanceof ByteBuf in)) {
      super.channelRead(ctx, message);
      return;
    }
    while (boundary.between()
        && !holdsPartOfARequest()
        && in.isReadable()
        && plain.handOn(ctx, in)) {}
    if (in.isReadable() && !ctx.isRemoved()) {
      super.channelRead(ctx, in);
    } else {
      in.release();
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    int from = out.size();
    super.decode(ctx, in, out);
    boundary.decoded(out, from);
  }

  /**
   * RFC 9112, 6.3: a message with both lengths "ought to be handled as an error". Netty would drop
   * the Content-Length and carry on.
   */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }

  /** Whether part of a request lies here undecoded. */
  boolean holdsPartOfARequest() {
    return actualReadableBytes() > 0;
  }
}
