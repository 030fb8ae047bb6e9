package dev.berth.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way to do sockets is taken, and that all of them work. */
class TransportTest {
  private final String before = System.getProperty(Transport.PROPERTY);

  @TempDir private Path folder;

  @AfterEach
  void asItWas() {
    if (before == null) {
      System.clearProperty(Transport.PROPERTY);
    } else {
      System.setProperty(Transport.PROPERTY, before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, 6.15.0-generic, true",
    "Linux, 6.18.44, true",
    "Linux, 7.0, true",
    "Linux, 7, true",
    "Linux, 6.14.9, false",
    "Linux, 5.15.0-91-generic, false",
    "Linux, 6, false",
    "Linux, unknown, false",
    "Mac OS X, 15.1, false"
  })
  void onlyRecentKernelsGetIoUringUnasked(String system, String version, boolean recent) {
    assertThat(Uring.isRecent(system, version)).isEqualTo(recent);
  }

  @Test
  void filteredProcessesDoNotGetIoUringUnasked() throws IOException {
    assertThat(Uring.isUnfiltered(status("Name:\tjava\nSeccomp:\t0\nSeccomp_filters:\t0\n")))
        .isTrue();
    assertThat(Uring.isUnfiltered(status("Name:\tjava\nSeccomp:\t2\nSeccomp_filters:\t0\n")))
        .isFalse();
    assertThat(Uring.isUnfiltered(status("Name:\tjava\n"))).isFalse();
    assertThat(Uring.isUnfiltered(folder.resolve("no-such-file"))).isFalse();
  }

  @Test
  void anUnknownNameIsRefused() {
    System.setProperty(Transport.PROPERTY, "kqueue");
    assertThatThrownBy(Transport::best)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no transport 'kqueue': there are auto, io_uring, epoll and nio");
  }

  @Test
  void everyOneThatWorksHereAnswers() throws IOException, InterruptedException {
    List<String> working = new ArrayList<>(List.of("auto", "nio"));
    if (Epoll.isAvailable()) {
      working.add("epoll");
    }
    if (IoUring.isAvailable()) {
      working.add("io_uring");
    }
    for (String name : working) {
      System.setProperty(Transport.PROPERTY, name);
      assertThat(Transport.best().name()).isIn(name.equals("auto") ? working : List.of(name));
      assertThat(answer()).as(name).isEqualTo("hello");
    }
  }

  @Test
  void oneThatDoesNotWorkHereIsRefused() {
    System.setProperty(Transport.PROPERTY, "io_uring");
    if (IoUring.isAvailable()) {
      assertThat(Transport.best().name()).isEqualTo("io_uring");
    } else {
      assertThatThrownBy(Transport::best)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("does not work on this machine");
    }
  }

  private static String answer() throws IOException, InterruptedException {
    HttpServerOptions options = HttpServerOptions.defaults().on("127.0.0.1", 0);
    Handler hello = _ -> Answer.of(200, "text/plain", "hello".getBytes(UTF_8));
    try (HttpServer server = HttpServer.start(options, hello);
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private Path status(String text) throws IOException {
    return Files.writeString(folder.resolve("status"), text);
  }
}
