package dev.berth.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.serving.http.Decoded;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer means what Netty's decoder reads, whichever way it was read. */
class AnswerDecoderTest {
  private static final String ORDINARY =
      "HTTP/1.1 200 OK\r\nServer: s\r\nContent-Type: text/csv\r\nContent-Length: 3\r\n\r\n1,2";

  private static final String[] UNUSUAL = {
    "HTTP/1.1 100 Continue\r\n\r\n",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n",
    "HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n",
    "HTTP/1.1 200 OK\r\n\r\nto the end",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n1,2\r\n0\r\nx: y\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\n1,2\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n1,2",
    "HTTP/1.1 200 OK\r\nContent-Length : 3\r\n\r\n1,2",
    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nx: a\r\n b\r\n\r\n1,2",
    "HTTP/1.1 200 OK\nContent-Length: 3\n\n1,2",
    "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\n1,2",
    "HTTP/1.1  200 OK\r\nContent-Length: 3\r\n\r\n1,2",
    "HTTP/1.1 2000 OK\r\nContent-Length: 3\r\n\r\n1,2",
    "HTTP/1.1 999 ?\r\nContent-Length: 3\r\n\r\n1,2",
    "HTTP/1.1 20 OK\r\nContent-Length: 3\r\n\r\n1,2",
    "\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n1,2",
    "HTTP/1.1 200 OK\u0000\r\nContent-Length: 3\r\n\r\n1,2",
  };

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "200 ", "200", "404 not here", "503 a\tb", "599 x"})
  void readsWhatIsOrdinaryInOnePass(String status) {
    Decoded decoded = both(false, List.of(ORDINARY.replace("200 OK", status)));
    assertThat(decoded.wholes()).isEqualTo(1);
  }

  @Test
  void readsNoBodyAfterHead() {
    Decoded decoded = both(true, List.of(ORDINARY.substring(0, ORDINARY.length() - 3)));
    assertThat(decoded.wholes()).isZero();
    assertThat(decoded.text()).endsWith("body: .\n");
  }

  @Test
  void meansTheSameWhereverItIsCut() {
    for (String answer : UNUSUAL) {
      assertThat(both(false, List.of(answer)).wholes()).as(answer).isZero();
      for (int cut = 1; cut < answer.length(); cut++) {
        both(false, List.of(answer.substring(0, cut), answer.substring(cut) + ORDINARY));
        both(false, List.of(ORDINARY + answer.substring(0, cut), answer.substring(cut)));
      }
      both(false, List.of(answer, ORDINARY, answer, ORDINARY));
    }
    for (int cut = 1; cut < ORDINARY.length(); cut++) {
      both(false, List.of(ORDINARY.substring(0, cut), ORDINARY.substring(cut) + ORDINARY));
    }
  }

  @Test
  void meansTheSameHoweverItIsMaimed() {
    Random random = new Random(20_261_127);
    String others = "\r\n\t :;,/0159aZ\u0000\u007f\u0080\u00ff\u000b";
    for (int i = 0; i < 10_000; i++) {
      StringBuilder answer =
          new StringBuilder(
              random.nextBoolean() ? ORDINARY : UNUSUAL[random.nextInt(UNUSUAL.length)]);
      for (int times = random.nextInt(3); times >= 0; times--) {
        int at = random.nextInt(answer.length());
        char other = others.charAt(random.nextInt(others.length()));
        switch (random.nextInt(3)) {
          case 0 -> answer.deleteCharAt(at);
          case 1 -> answer.setCharAt(at, other);
          default -> answer.insert(at, other);
        }
      }
      both(false, List.of(answer + ORDINARY));
    }
  }

  private static Decoded both(boolean toHead, List<String> pieces) {
    AnswerDecoder ours = new AnswerDecoder();
    ours.expect(toHead);
    Decoded decoded = Decoded.by(ours, pieces);
    assertThat(decoded.text()).as("%s", pieces).isEqualTo(Decoded.by(netty(toHead), pieces).text());
    return decoded;
  }

  /** The decoder as it is without us. */
  private static HttpResponseDecoder netty(boolean toHead) {
    return new HttpResponseDecoder(AnswerDecoder.config()) {
      @Override
      protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return toHead || super.isContentAlwaysEmpty(message);
      }

      @Override
      protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
      }
    };
  }
}
