package dev.berth.serving.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A client that writes frames of HTTP/2 as it likes. */
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  /** Connects, and says no word yet. */
  RawHttp2(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Connects and greets with these settings: identifiers and values. */
  static RawHttp2 greeting(int port, int... settings) throws IOException {
    RawHttp2 client = new RawHttp2(port);
    client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    ByteBuffer payload = ByteBuffer.allocate(settings.length / 2 * 6);
    for (int i = 0; i < settings.length; i += 2) {
      payload.putShort((short) settings[i]).putInt(settings[i + 1]);
    }
    client.write(frame(SETTINGS, 0, 0, payload.array()));
    return client;
  }

  static byte[] frame(int type, int flags, int stream, byte... payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** The headers of a call, in HPACK's plainest form. */
  static byte[] callHeaders() {
    return headers(
        ":method", "POST", ":scheme", "http", ":path", "/a/b", "content-type", "application/grpc");
  }

  /** Names and values, in HPACK's plainest form. */
  static byte[] headers(String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i++) {
      literal(block, namesAndValues[i], i % 2 == 0);
    }
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String text, boolean isName) {
    if (isName) {
      block.write(0);
    }
    if (text.length() < 127) {
      block.write(text.length());
    } else {
      block.write(127);
      int rest = text.length() - 127;
      while (rest >= 128) {
        block.write((rest & 127) | 128);
        rest >>= 7;
      }
      block.write(rest);
    }
    block.writeBytes(text.getBytes(US_ASCII));
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Whether the server has ended the connection, however it did; reads what comes before. */
  boolean ended() {
    try {
      return socket.getInputStream().skip(Long.MAX_VALUE) >= 0
          && socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  /** Writes these bytes so often, unless the server ends the connection before; says if it did. */
  boolean floodEnds(int times, byte... bytes) {
    try {
      for (int i = 0; i < times; i++) {
        write(bytes);
      }
    } catch (IOException _) {
      return true;
    }
    return ended();
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
