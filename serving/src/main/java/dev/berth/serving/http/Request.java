package dev.berth.serving.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/** One request as a handler sees it. Its body lives until the answer has been sent. */
public final class Request {
  private final HttpRequest head;
  private final ByteBuf body;
  private final String target;
  private final int pathEnd;

  Request(HttpRequest head, ByteBuf body) {
    this.head = head;
    this.body = body;
    this.target = originForm(head.uri());
    int question = target.indexOf('?');
    this.pathEnd = question < 0 ? target.length() : question;
  }

  /**
   * A request that did not come over HTTP/1.1 but means the same.
   *
   * @param target path and query, percent-encoded
   * @param headers checked for line ends
   * @param body stays the caller's
   */
  public static Request of(HttpMethod method, String target, HttpHeaders headers, ByteBuf body) {
    return new Request(new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target, headers), body);
  }

  /** What stands for a request that could not be read. */
  static Request unread() {
    return new Request(
        new DefaultHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET, "/"), Unpooled.EMPTY_BUFFER);
  }

  /** The method, in upper case as it came: {@code GET}. */
  public String method() {
    return head.method().name();
  }

  /** The path as it came, percent-encoding included, without the query. */
  public String path() {
    return target.substring(0, pathEnd);
  }

  /** What follows the question mark, as it came; empty when there is none. */
  public String query() {
    return pathEnd == target.length() ? "" : target.substring(pathEnd + 1);
  }

  /** Path and query as they came. */
  public String target() {
    return target;
  }

  /** The first value of a header. */
  public Optional<String> header(CharSequence name) {
    return Optional.ofNullable(head.headers().get(name));
  }

  /** All headers. The handler may change them in place: a proxy sends them on. */
  public HttpHeaders headers() {
    return head.headers();
  }

  /**
   * The whole body, or its beginning, see {@link Handler#streams}; empty when there is none. Valid
   * until the answer is sent; retain to keep.
   */
  public ByteBuf body() {
    return body;
  }

  HttpRequest head() {
    return head;
  }

  /** Proxies are asked in the absolute form, and RFC 9112, 3.2.2 has every server accept it. */
  private static String originForm(String uri) {
    if (uri.startsWith("/")) {
      return uri;
    }
    int scheme = uri.indexOf("://");
    if (scheme < 0) {
      return uri;
    }
    int slash = uri.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : uri.substring(slash);
  }
}
