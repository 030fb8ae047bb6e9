package dev.berth.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand clients who connect and say nothing cost little and disturb nobody. */
@Timeout(180)
class IdleConnectionsTest {
  private static final int CONNECTIONS = 10_000;
  private static final int HEAP_BYTES_EACH = 16 << 10;

  @Test
  void disturbNobody() throws Exception {
    HttpServerOptions options =
        HttpServerOptions.defaults()
            .on("127.0.0.1", 0)
            .withConnections(CONNECTIONS + 10, Duration.ofMinutes(10));
    int idle = (int) Math.min(CONNECTIONS, fileDescriptors() - 500);
    try (HttpServer server = HttpServer.start(options, _ -> pong());
        RawClient client = new RawClient(server.port())) {
      long before = heapBytes();
      Process clients = start(server.port(), idle);
      try {
        while (server.connections() < idle + 1) {
          assertThat(clients.isAlive()).isTrue();
          Thread.sleep(10);
        }
        assertThat((heapBytes() - before) / idle).isLessThan(HEAP_BYTES_EACH);
        for (int i = 0; i < 1000; i++) {
          assertThat(client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").read(false).body())
              .isEqualTo("pong");
        }
        assertThat(server.connections()).isEqualTo(idle + 1);
      } finally {
        clients.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
      }
      while (server.connections() > 1) {
        Thread.sleep(10);
      }
    }
  }

  private static Answer.Whole pong() {
    return Answer.of(200, "text/plain", "pong".getBytes(UTF_8));
  }

  /** A process of its own: one would not have descriptors enough for both ends. */
  private static Process start(int port, int count) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            IdleClients.class.getName(),
            Integer.toString(port),
            Integer.toString(count))
        .redirectOutput(Redirect.INHERIT)
        .redirectError(Redirect.INHERIT)
        .start();
  }

  private static long fileDescriptors() {
    return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
        .getMaxFileDescriptorCount();
  }

  private static long heapBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
