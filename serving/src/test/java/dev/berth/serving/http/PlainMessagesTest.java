package dev.berth.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read in one pass means what Netty's decoder reads, and what Netty refuses is refused. */
class PlainMessagesTest {
  private static final int MAX_HEADER_BYTES = 400;

  /** As a client sends it that means well. */
  private static final String ORDINARY =
      "POST /endpoints/a/invocations?x=%20y HTTP/1.1\r\nHost: a.b:80\r\nContent-Type: text/csv\r\n"
          + "Content-Length: 5\r\nX-Empty:\r\nx-Blank: \t a\t b \t\r\nAccept: */*\r\n\r\n1,2,3";

  static Stream<String> ordinary() {
    return Stream.of(
        ORDINARY,
        "GET / HTTP/1.1\r\nhOST: a\r\n\r\n",
        "GET /?a#b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /\"<>{} HTTP/1.1\r\nHost:\r\nConnection: keep-alive, x\r\n\r\n",
        "DELETE /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "BREW /a HTTP/1.1\r\nHost: a\r\nx!#$%&'*+-.^_`|~: y\r\nx: 1\r\nX: 2\r\n\r\n");
  }

  static Stream<String> unusual() {
    String host = "Host: a\r\n";
    return Stream.of(
            "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\n" + host + "\r\n",
            "GET / HTTP/1.1\r\nHost: a\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\n",
            "GET / HTTP/1.1\rHost: a\r\n\r\n",
            "\r\nGET / HTTP/1.1\r\n" + host + "\r\n",
            "\n\nGET / HTTP/1.1\r\n" + host + "\r\n",
            " GET / HTTP/1.1\r\n" + host + "\r\n",
            "GET  / HTTP/1.1\r\n" + host + "\r\n",
            "GET\t/\tHTTP/1.1\r\n" + host + "\r\n",
            "GET / HTTP/1.1 \r\n" + host + "\r\n",
            "GET / HTTP/2.0\r\n" + host + "\r\n",
            "GET / http/1.1\r\n" + host + "\r\n",
            "GET /\u00e9 HTTP/1.1\r\n" + host + "\r\n",
            "GET /a b HTTP/1.1\r\n" + host + "\r\n",
            "GET http://a/ HTTP/1.1\r\n" + host + "\r\n",
            "OPTIONS * HTTP/1.1\r\n" + host + "\r\n",
            "get / HTTP/1.1\r\n" + host + "\r\n",
            "G\u0000T / HTTP/1.1\r\n" + host + "\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        .mapMulti(
            (message, out) -> {
              out.accept(message);
              out.accept(message + ORDINARY);
            });
  }

  static Stream<String> unusualHeaders() {
    return Stream.of(
            "Host: b",
            "Content-Length: 5\r\nContent-Length: 5",
            "Content-Length: 5\r\nContent-Length: 6",
            "Content-Length: 5, 5",
            "Content-Length: +5",
            "Content-Length: -5",
            "Content-Length: 05",
            "Content-Length: 00",
            "Content-Length: 0x5",
            "Content-Length: 5 5",
            "Content-Length:",
            "Content-Length: 9999999999",
            "Content-Length: 99999999999999999999",
            "Content-Length : 5",
            "Content\u00adLength: 5",
            "Transfer-Encoding: chunked",
            "transfer-encoding: chunked\r\nContent-Length: 5",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding:\tchunked",
            "Transfer-Encoding\t: chunked",
            "Expect: 100-continue",
            "Upgrade: h2c",
            "Trailer: x",
            "Sec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b",
            " folded: at the start",
            "x: folded\r\n into",
            "x: folded\r\n\tinto",
            "x",
            ": x",
            "x y: z",
            "x: a\u0000b",
            "x: a\u007fb",
            "x: \u00e9",
            "x: a\rb",
            "x: a\u000bb",
            "x: a\r",
            "(x): y",
            "x: " + "y".repeat(MAX_HEADER_BYTES),
            "x: " + "y".repeat(MAX_HEADER_BYTES - 12),
            "a: b\r\n".repeat(40) + "c: d")
        .flatMap(
            headers ->
                Stream.of(
                    "POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                    "POST / HTTP/1.1\r\n" + headers + "\r\nHost: a\r\n\r\nhello"));
  }

  @ParameterizedTest
  @MethodSource("ordinary")
  void readsWhatIsOrdinaryInOnePass(String message) {
    assertThat(both(List.of(message)).wholes()).isEqualTo(1);
    assertThat(both(List.of(message + ORDINARY + message)).wholes()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource({"ordinary", "unusual", "unusualHeaders"})
  void meansTheSameWhereverItIsCut(String message) {
    for (int cut = 1; cut < message.length(); cut++) {
      both(List.of(message.substring(0, cut), message.substring(cut)));
      both(List.of(ORDINARY + message.substring(0, cut), message.substring(cut) + ORDINARY));
    }
    both(message.chars().mapToObj(Character::toString).toList());
  }

  @ParameterizedTest
  @MethodSource({"unusual", "unusualHeaders"})
  void leavesToNettyWhatIsNot(String message) {
    assertThat(both(List.of(message)).wholes()).isZero();
    both(List.of(ORDINARY + message));
    both(List.of(ORDINARY, message, ORDINARY));
    both(List.of(message + ORDINARY));
  }

  @Test
  void meansTheSameHoweverItIsMaimed() {
    Random random = new Random(20_261_127);
    List<String> all =
        Stream.of(ordinary(), unusual(), unusualHeaders()).flatMap(each -> each).toList();
    for (int i = 0; i < 20_000; i++) {
      String message = all.get(random.nextInt(random.nextBoolean() ? 6 : all.size()));
      for (int times = random.nextInt(4); times > 0; times--) {
        message = maimed(message, random);
      }
      int cut = random.nextInt(message.length() + 1);
      both(
          random.nextBoolean()
              ? List.of(message + ORDINARY)
              : List.of(message.substring(0, cut), message.substring(cut) + ORDINARY));
    }
  }

  @Test
  void takesBodiesUpToWhatNettyHandsOnInOnePiece() {
    String head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ";
    for (int size : List.of((64 << 10) - 1, 64 << 10, (64 << 10) + 1)) {
      Decoded decoded = both(List.of(head + size + "\r\n\r\n" + "x".repeat(size)));
      assertThat(decoded.wholes()).isEqualTo(size <= 64 << 10 ? 1 : 0);
    }
  }

  private static String maimed(String message, Random random) {
    String pieces = "\r\n\t :;,/0159aZ\u0000\u007f\u0080\u00ff\u000b";
    int at = random.nextInt(message.length());
    String before = message.substring(0, at);
    String after = message.substring(at + 1);
    char other = pieces.charAt(random.nextInt(pieces.length()));
    return switch (random.nextInt(5)) {
      case 0 -> before + after + " ";
      case 1 -> before + other + after;
      case 2 -> before + other + message.substring(at);
      case 3 -> before + message.substring(at / 2);
      default -> before + "\r\nContent-Length: 3" + message.substring(at);
    };
  }

  private static Decoded both(List<String> pieces) {
    Decoded ours = Decoded.by(new RequestDecoder(MAX_HEADER_BYTES), pieces);
    assertThat(ours.text()).as("%s", pieces).isEqualTo(Decoded.by(netty(), pieces).text());
    return ours;
  }

  /** The decoder as it is without us. */
  private static HttpRequestDecoder netty() {
    return new HttpRequestDecoder(RequestDecoder.config(MAX_HEADER_BYTES)) {
      @Override
      protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
      }
    };
  }
}
