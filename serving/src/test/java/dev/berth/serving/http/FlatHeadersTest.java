package dev.berth.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Headers are what Netty's are, whoever handles them. */
class FlatHeadersTest {
  private static final List<String> NAMES = List.of("a", "A", "host", "Host", "via", "x-long");

  @Test
  void doWhatNettysDo() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      HttpHeaders ours = new FlatHeaders();
      HttpHeaders nettys = new DefaultHttpHeaders();
      for (int step = 0; step < 30; step++) {
        String value = "v" + random.nextInt(5) + ", close";
        int what = random.nextInt(8);
        CharSequence name = name(random);
        change(ours, what, name, value);
        change(nettys, what, name, value);
        assertSame(ours, nettys, name(random));
      }
    }
  }

  @Test
  void takeNoLineEnds() {
    HttpHeaders headers = new FlatHeaders();
    assertThatIllegalArgumentException().isThrownBy(() -> headers.add("a", "b\r\nc: d"));
    assertThatIllegalArgumentException().isThrownBy(() -> headers.set("a\n", "b"));
    assertThat(headers.isEmpty()).isTrue();
  }

  private static CharSequence name(Random random) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return random.nextBoolean() ? name : new AsciiString(name);
  }

  private static void change(HttpHeaders headers, int what, CharSequence name, String value) {
    switch (what) {
      case 0 -> headers.remove(name);
      case 1 -> headers.set(name, value);
      case 2 -> headers.set(name, List.of(value, "w"));
      case 3 -> headers.setInt(name, value.length());
      default -> headers.add(name, value);
    }
  }

  private static void assertSame(HttpHeaders ours, HttpHeaders nettys, CharSequence name) {
    assertThat(ours.get(name)).isEqualTo(nettys.get(name));
    assertThat(ours.getAll(name)).isEqualTo(nettys.getAll(name));
    assertThat(ours.contains(name)).isEqualTo(nettys.contains(name));
    assertThat(ours.containsValue(name, "CLOSE", true))
        .isEqualTo(nettys.containsValue(name, "CLOSE", true));
    assertThat(ours.size()).isEqualTo(nettys.size());
    assertThat(ours.isEmpty()).isEqualTo(nettys.isEmpty());
    assertThat(text(ours)).containsExactlyInAnyOrderElementsOf(text(nettys));
    assertThat(text(ours.copy())).isEqualTo(text(ours));
  }

  private static List<String> text(HttpHeaders headers) {
    return headers.entries().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .toList();
  }
}
