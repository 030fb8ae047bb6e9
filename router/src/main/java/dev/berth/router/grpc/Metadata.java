package dev.berth.router.grpc;

import dev.berth.serving.wire.MediaTypes;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;
import java.util.Set;

/** Headers of calls and of their answers: what gRPC calls metadata. */
final class Metadata {
  /** What frames or codes a message is between us and whom we speak with. */
  private static final Set<String> OURS =
      Set.of(
          "accept",
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "date",
          "expect",
          "host",
          "inference-header-content-length",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "vary");

  private Metadata() {}

  /**
   * A call's headers for a request over HTTP.
   *
   * @throws IllegalArgumentException when one holds what no header may
   */
  static HttpHeaders toHttp(Http2Headers metadata) {
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    for (Map.Entry<CharSequence, CharSequence> header : metadata) {
      String name = header.getKey().toString();
      if (!name.startsWith(":") && !name.startsWith("grpc-") && !OURS.contains(name)) {
        headers.add(name, header.getValue());
      }
    }
    return headers
        .set(HttpHeaderNames.CONTENT_TYPE, MediaTypes.PROTOBUF)
        .set(HttpHeaderNames.ACCEPT, MediaTypes.PROTOBUF);
  }

  /** An answer's headers for a client of gRPC. */
  static Http2Headers toGrpc(HttpHeaders headers) {
    Http2Headers metadata = new DefaultHttp2Headers();
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey().toLowerCase(java.util.Locale.ROOT);
      if (!OURS.contains(name)) {
        metadata.add(name, header.getValue());
      }
    }
    return metadata;
  }
}
