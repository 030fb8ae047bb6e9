package dev.berth.serving.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Reads requests and refuses those that two parties could read differently. */
final class RequestDecoder extends HttpRequestDecoder {
  private static final int MAX_CHUNK_BYTES = 64 << 10;

  RequestDecoder(int maxHeaderBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxHeaderBytes)
            .setMaxHeaderSize(maxHeaderBytes)
            .setMaxChunkSize(MAX_CHUNK_BYTES)
            .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory())
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true));
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
