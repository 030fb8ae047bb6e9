package dev.berth.router;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that breaks the rules of HTTP in one way. */
final class FaultyServer implements AutoCloseable {
  enum Fault {
    /** Resets the connection once the request is there. */
    RESET,
    /** Closes the connection once the request is there. */
    CLOSE,
    /** Promises more than it sends. */
    BREAK_OFF,
    /** Dies within the head of its answer. */
    BREAK_OFF_IN_HEAD,
    /** Never answers. */
    HANG,
    /** Answers in another protocol. */
    GARBAGE,
    /** Answers with two lengths. */
    TWO_LENGTHS,
    /** Answers once more than it was asked. */
    TWO_ANSWERS,
    /** The same, with bodies in chunks. */
    TWO_CHUNKED_ANSWERS
  }

  private static final String TWO_LENGTHS =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nabcde";

  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s";
  private static final String CHUNKED_ANSWER =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n";

  private final ServerSocket listener;
  private final Fault fault;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger closedByPeer = new AtomicInteger();

  FaultyServer(Fault fault) throws IOException {
    this.fault = fault;
    listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  /** Connections that the other side ended while we hung. */
  int closedByPeer() {
    return closedByPeer.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      byte[] buffer = new byte[64 << 10];
      InputStream in = socket.getInputStream();
      if (in.read(buffer) < 0) {
        return;
      }
      requests.incrementAndGet();
      switch (fault) {
        case RESET -> socket.setSoLinger(true, 0);
        case CLOSE -> {}
        case BREAK_OFF -> say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
        case BREAK_OFF_IN_HEAD -> say(socket, "HTTP/1.1 200 OK\r\nContent-Le");
        case GARBAGE -> say(socket, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
        case TWO_LENGTHS -> say(socket, TWO_LENGTHS);
        case TWO_ANSWERS -> answerTwice(socket, ANSWER);
        case TWO_CHUNKED_ANSWERS -> answerTwice(socket, CHUNKED_ANSWER);
        case HANG -> hang(in);
      }
    } catch (IOException _) {
      closedByPeer.incrementAndGet();
    }
  }

  private void answerTwice(Socket socket, String form) throws IOException {
    say(socket, form.formatted(5, "asked") + form.formatted(7, "unasked"));
    hang(socket.getInputStream());
  }

  private void hang(InputStream in) throws IOException {
    if (in.read() < 0) {
      closedByPeer.incrementAndGet();
    }
  }

  private static void say(Socket socket, String words) throws IOException {
    socket.getOutputStream().write(words.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }
}
