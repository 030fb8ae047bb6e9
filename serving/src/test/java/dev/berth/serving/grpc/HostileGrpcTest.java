package dev.berth.serving.grpc;

import static dev.berth.serving.grpc.RawHttp2.CONTINUATION;
import static dev.berth.serving.grpc.RawHttp2.DATA;
import static dev.berth.serving.grpc.RawHttp2.END_HEADERS;
import static dev.berth.serving.grpc.RawHttp2.END_STREAM;
import static dev.berth.serving.grpc.RawHttp2.HEADERS;
import static dev.berth.serving.grpc.RawHttp2.PING;
import static dev.berth.serving.grpc.RawHttp2.RST_STREAM;
import static dev.berth.serving.grpc.RawHttp2.SETTINGS;
import static dev.berth.serving.grpc.RawHttp2.callHeaders;
import static dev.berth.serving.grpc.RawHttp2.frame;
import static dev.berth.serving.grpc.RawHttp2.headers;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients may do to a gRPC server, and that others are answered all the same. */
@Timeout(120)
class HostileGrpcTest {
  private static final byte[] EMPTY_MESSAGE = {0, 0, 0, 0, 0};
  private static final int MAX_CONNECTIONS = 20;

  /** Longer than a client here waits for its connection to end. */
  private static final Duration PATIENT = Duration.ofMinutes(5);

  private static final Duration IMPATIENT = Duration.ofMillis(1500);

  private final AtomicInteger calls = new AtomicInteger();
  private GrpcServer server;

  private void start(Duration idleTimeout) {
    server =
        GrpcServer.start(
            new GrpcServerOptions("127.0.0.1", 0, 1 << 20, 4 << 20, MAX_CONNECTIONS, idleTimeout),
            _ -> {
              calls.incrementAndGet();
              return new GrpcAnswer.Message(new byte[1000]);
            });
  }

  @AfterEach
  void othersAreAnsweredStill() {
    try (GrpcClient client = new GrpcClient(server.port())) {
      assertThat(client.call("Any", new byte[3])).hasSize(1000);
    }
    server.close();
  }

  @Test
  void callsThatAreResetAtOnce() throws Exception {
    start(PATIENT);
    ByteArrayOutputStream flood = new ByteArrayOutputStream();
    for (int stream = 1; stream < 20_000; stream += 2) {
      flood.writeBytes(frame(HEADERS, END_HEADERS, stream, callHeaders()));
      flood.writeBytes(frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
    }
    try (RawHttp2 client = RawHttp2.greeting(server.port())) {
      assertThat(client.floodEnds(1, flood.toByteArray())).isTrue();
    }
    assertThat(calls).hasValue(0);
  }

  @Test
  void headersWithoutEnd() throws Exception {
    start(PATIENT);
    byte[] more = headers("x-more", "x".repeat(4000));
    try (RawHttp2 client = RawHttp2.greeting(server.port())) {
      client.write(frame(HEADERS, 0, 1, callHeaders()));
      assertThat(client.floodEnds(10_000, frame(CONTINUATION, 0, 1, more))).isTrue();
    }
    assertThat(calls).hasValue(0);
  }

  @Test
  void headersThatAreTooLarge() throws Exception {
    start(PATIENT);
    try (RawHttp2 client = RawHttp2.greeting(server.port())) {
      client.write(frame(HEADERS, 0, 1, callHeaders()));
      client.write(frame(CONTINUATION, 0, 1, headers("x-large", "x".repeat(10_000))));
      client.write(frame(CONTINUATION, END_HEADERS, 1, headers("x-larger", "x".repeat(10_000))));
      client.write(frame(DATA, END_STREAM, 1, EMPTY_MESSAGE));
      byte[] header = new byte[9];
      while (header[3] != RST_STREAM) {
        assertThat(nextFrame(client, header)).isTrue();
      }
    }
    assertThat(calls).hasValue(0);
  }

  @Test
  void pingsWhoseAnswersNobodyReads() throws Exception {
    start(PATIENT);
    try (RawHttp2 client = RawHttp2.greeting(server.port())) {
      assertThat(client.floodEnds(3_000_000, frame(PING, 0, 0, new byte[8]))).isTrue();
    }
  }

  @Test
  void settingsWhoseAnswersNobodyReads() throws Exception {
    start(PATIENT);
    try (RawHttp2 client = RawHttp2.greeting(server.port())) {
      assertThat(client.floodEnds(3_000_000, frame(SETTINGS, 0, 0))).isTrue();
    }
  }

  @Test
  void piecesOfNothing() throws Exception {
    start(PATIENT);
    try (RawHttp2 client = RawHttp2.greeting(server.port())) {
      client.write(frame(HEADERS, END_HEADERS, 1, callHeaders()));
      assertThat(client.floodEnds(100_000, frame(DATA, 0, 1))).isTrue();
    }
    assertThat(calls).hasValue(0);
  }

  @Test
  void anotherProtocolHalfAGreetingAndSilence() throws Exception {
    start(IMPATIENT);
    for (String words : List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "PRI * HT", "")) {
      try (RawHttp2 client = new RawHttp2(server.port())) {
        client.write(words.getBytes(US_ASCII));
        assertThat(client.ended()).as(words).isTrue();
      }
    }
  }

  @Test
  void moreConnectionsThanAreTaken() throws Exception {
    start(PATIENT);
    List<RawHttp2> clients = new ArrayList<>();
    for (int i = 0; i < MAX_CONNECTIONS; i++) {
      RawHttp2 client = RawHttp2.greeting(server.port());
      // The server's greeting says that it was taken.
      assertThat(client.socket().getInputStream().read()).isNotNegative();
      clients.add(client);
    }
    try (RawHttp2 last = new RawHttp2(server.port())) {
      assertThat(last.ended()).isTrue();
    }
    for (RawHttp2 client : clients) {
      client.close();
    }
    while (server.connections() > 0) {
      Thread.sleep(10);
    }
  }

  @Test
  void anAnswerThatIsGivenNoRoomIsDroppedInTheEnd() throws Exception {
    start(IMPATIENT);
    int initialWindow = 4;
    try (RawHttp2 client = RawHttp2.greeting(server.port(), initialWindow, 0)) {
      client.write(frame(HEADERS, END_HEADERS, 1, callHeaders()));
      client.write(frame(DATA, END_STREAM, 1, EMPTY_MESSAGE));
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      boolean reset = false;
      client.socket().setSoTimeout(200);
      byte[] header = new byte[9];
      while (!reset && System.nanoTime() < end) {
        // It is not silence that ends the call.
        client.write(frame(PING, 0, 0, new byte[8]));
        reset = nextFrame(client, header) && header[3] == RST_STREAM;
      }
      assertThat(reset).isTrue();
    }
    assertThat(calls).hasValue(1);
  }

  /** Reads a frame and throws its payload away; false when none came in time. */
  private static boolean nextFrame(RawHttp2 client, byte[] header) throws Exception {
    var in = client.socket().getInputStream();
    try {
      if (in.readNBytes(header, 0, 9) < 9) {
        throw new AssertionError("the server has ended the connection");
      }
      in.skipNBytes(((header[0] & 255) << 16) | ((header[1] & 255) << 8) | (header[2] & 255));
      return true;
    } catch (java.net.SocketTimeoutException _) {
      return false;
    }
  }
}
