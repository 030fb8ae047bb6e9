package dev.berth.router;

import static dev.berth.router.RouterFixture.fleet;
import static dev.berth.router.RouterFixture.limited;
import static dev.berth.router.RouterFixture.route;
import static dev.berth.router.RouterFixture.until;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.router.RawClient.Reply;
import dev.berth.serving.route.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that come in many pieces pass through, and are held no longer than they may be needed. */
class LargeBodiesTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path directory;

  /** Reads and writes only when the test says so. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket listener =
        new ServerSocket(0, 100, InetAddress.getLoopbackAddress());

    Server() throws IOException {
      listener.setSoTimeout(20_000);
    }

    String address() {
      return "127.0.0.1:" + listener.getLocalPort();
    }

    Socket accept() throws IOException {
      Socket socket = listener.accept();
      socket.setSoTimeout(20_000);
      return socket;
    }

    /** Nobody can connect any more. */
    void goAway() throws IOException {
      listener.close();
    }

    @Override
    public void close() throws IOException {
      goAway();
    }
  }

  private static String body(int bytes) {
    return IntStream.range(0, bytes / 4 + 4)
        .mapToObj(i -> i + ",")
        .collect(Collectors.joining())
        .substring(0, bytes);
  }

  private static String head(String framing) {
    return "POST /endpoints/e/invocations HTTP/1.1\r\nHost: x\r\n" + framing + "\r\n\r\n";
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  /** Reads until this has been said. */
  private static String readTo(Socket socket, String end) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder said = new StringBuilder();
    byte[] buffer = new byte[MIB];
    while (said.indexOf(end, Math.max(0, said.length() - MIB - end.length())) < 0) {
      int count = in.read(buffer);
      if (count < 0) {
        throw new IOException("ended before: " + end);
      }
      said.append(new String(buffer, 0, count, ISO_8859_1));
    }
    return said.toString();
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private Route wide(Server server) {
    return limited(route("e", 1, fleet("v", 1, server.address())), 1L << 30, 60, 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {65_536, 65_537, 700_000, 5 * MIB})
  void arriveAsTheyWereSent(int size) throws Exception {
    try (ModelStub echo =
            ModelStub.answering(
                request -> ModelStub.text(200, request.body().toString(ISO_8859_1)));
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, echo.address())));
        RawClient client = router.client()) {
      String body = body(size);
      client.send(head("Content-Length: " + size) + body);
      assertThat(client.read(false).body()).isEqualTo(body);
      client.send(head("Transfer-Encoding: chunked") + chunk(body.substring(0, 70_000 % size)));
      client.send(chunk(body.substring(70_000 % size)) + "0\r\n\r\n");
      assertThat(client.read(false).body()).isEqualTo(body);
      // The connection is as good as before.
      assertThat(client.invoke("e", "small").body()).isEqualTo("small");
    }
  }

  @Test
  void reachTheServerWhileTheClientIsStillSending() throws Exception {
    try (Server server = new Server();
        RouterFixture router = new RouterFixture(directory, wide(server));
        RawClient client = router.client()) {
      client.send(head("Transfer-Encoding: chunked") + chunk(body(MIB) + "half"));
      try (Socket upstream = server.accept()) {
        assertThat(readTo(upstream, "half")).startsWith("POST /invocations HTTP/1.1\r\n");
        client.send(chunk("the end") + "0\r\n\r\n");
        readTo(upstream, "the end\r\n0\r\n\r\n");
        say(upstream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        Reply reply = client.read(false);
        assertThat(reply.body()).isEqualTo("ok");
        assertThat(reply.closes()).isFalse();
      }
    }
  }

  @Test
  void goToAnotherServerWhenTheFirstDiesHalfWay() throws Exception {
    try (Server server = new Server();
        RouterFixture router = new RouterFixture(directory, wide(server));
        RawClient client = router.client()) {
      String body = body(500_000);
      client.send(head("Content-Length: " + body.length()) + body.substring(0, 300_000));
      try (Socket upstream = server.accept()) {
        readTo(upstream, body.substring(299_000, 300_000));
        server.goAway();
      }
      try (Server second = new Server()) {
        router.takes(new Route("e", "default", 2, wide(second).fleets(), wide(second).limits()));
        client.send(body.substring(300_000));
        try (Socket upstream = second.accept()) {
          assertThat(readTo(upstream, body.substring(499_000))).endsWith("\r\n\r\n" + body);
          say(upstream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
          assertThat(client.read(false).body()).isEqualTo("ok");
        }
      }
    }
  }

  @Test
  void areNotSentAgainWhenTheyAreTooLargeToBeKept() throws Exception {
    try (Server server = new Server();
        RouterFixture router = new RouterFixture(directory, wide(server));
        RawClient client = router.client()) {
      String body = body(3 * MIB);
      client.send(head("Content-Length: " + 2 * body.length()) + body);
      try (Socket upstream = server.accept()) {
        readTo(upstream, body.substring(body.length() - 1000));
      }
      Reply reply = client.read(false);
      assertThat(reply.status()).isEqualTo(424);
      assertThat(reply.body()).contains("too large to be sent again");
      assertThat(reply.closes()).isTrue();
    }
  }

  @Test
  void areNotPiledUpBeforeAServerThatDoesNotRead() throws Exception {
    long size = 512L * MIB;
    try (Server server = new Server();
        RouterFixture router = new RouterFixture(directory, wide(server));
        SocketChannel client =
            SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), router.port()))) {
      client.write(ByteBuffer.wrap(head("Content-Length: " + size).getBytes(ISO_8859_1)));
      client.configureBlocking(false);
      ByteBuffer piece = ByteBuffer.allocate(MIB);
      long sent = 0;
      long stalledSince = System.nanoTime();
      // Until nothing moves any more, or all is gone: what lies in between is what sockets hold.
      while (sent < size && System.nanoTime() - stalledSince < 500_000_000L) {
        int count = client.write(piece.clear());
        sent += count;
        stalledSince = count > 0 ? System.nanoTime() : stalledSince;
      }
      try (Socket upstream = server.accept()) {
        assertThat(upstream.getInputStream().read()).isEqualTo('P');
      }
      assertThat(sent).isLessThan(64L * MIB);
    }
  }

  @Test
  void areCutOffWhenTheyPassTheLimitOnTheWay() throws Exception {
    try (Server server = new Server();
        RouterFixture router =
            new RouterFixture(
                directory,
                limited(route("e", 1, fleet("v", 1, server.address())), 200_000, 60, 100));
        RawClient client = router.client()) {
      client.send(head("Transfer-Encoding: chunked") + chunk(body(150_000)));
      try (Socket upstream = server.accept()) {
        readTo(upstream, body(150_000).substring(149_000));
        client.send(chunk(body(100_000)));
        Reply reply = client.read(false);
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.closes()).isTrue();
        assertThat(endsWithoutLastChunk(upstream)).isTrue();
      }
      assertThat(router.metric("berth_router_requests_total", "code=\"413\"")).isEqualTo(1);
    }
  }

  @Test
  void endWithTheClientThatLeaves() throws Exception {
    try (Server server = new Server();
        RouterFixture router = new RouterFixture(directory, wide(server))) {
      RawClient client = router.client();
      client.send(head("Content-Length: 900000") + body(400_000));
      try (Socket upstream = server.accept()) {
        readTo(upstream, body(400_000).substring(399_000));
        client.close();
        assertThat(endsWithoutLastChunk(upstream)).isTrue();
      }
      until(() -> router.metric("berth_router_requests_total", "code=\"499\"") == 1);
    }
  }

  @Test
  void mayBeAnsweredBeforeTheyEnd() throws Exception {
    try (Server server = new Server();
        RouterFixture router = new RouterFixture(directory, wide(server));
        RawClient client = router.client()) {
      client.send(head("Content-Length: 9000000") + body(400_000));
      try (Socket upstream = server.accept()) {
        readTo(upstream, body(400_000).substring(399_000));
        say(upstream, "HTTP/1.1 415 X\r\nContent-Length: 2\r\n\r\nno");
        Reply reply = client.read(false);
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.body()).isEqualTo("no");
        assertThat(reply.closes()).isTrue();
        assertThat(client.ended()).isTrue();
      }
    }
  }

  @Test
  void waitForAServer() throws Exception {
    try (Server server = new Server();
        RouterFixture router = new RouterFixture(directory, wide(server));
        RawClient client = router.client()) {
      router.takes(new Route("e", "default", 2, route("e", 2, fleet("v", 1)).fleets(), null));
      String body = body(2 * MIB);
      Thread sender = Thread.ofPlatform().daemon().start(() -> sendQuietly(client, body));
      until(() -> router.metric("berth_router_waiting") == 1);
      router.takes(new Route("e", "default", 3, wide(server).fleets(), wide(server).limits()));
      try (Socket upstream = server.accept()) {
        assertThat(readTo(upstream, body.substring(body.length() - 1000)))
            .endsWith("\r\n\r\n" + body);
        say(upstream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertThat(client.read(false).body()).isEqualTo("ok");
      }
      assertThat(sender.join(Duration.ofSeconds(20))).isTrue();
    }
  }

  private static void sendQuietly(RawClient client, String body) {
    try {
      client.send(head("Content-Length: " + body.length()) + body);
    } catch (IOException _) {
      // The test sees what became of it.
    }
  }

  private static boolean endsWithoutLastChunk(Socket upstream) throws IOException {
    try {
      byte[] rest = upstream.getInputStream().readAllBytes();
      return !new String(rest, ISO_8859_1).endsWith("\r\n0\r\n\r\n");
    } catch (SocketException _) {
      // A reset says as much.
      return true;
    }
  }
}
