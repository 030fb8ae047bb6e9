package dev.berth.modelserver.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes bytes on to a server, but breaks the first connections off after some bytes of their
 * answer.
 */
final class CuttingProxy implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final int cuts;
  private final int bytesBeforeCut;
  private final AtomicInteger connections = new AtomicInteger();

  CuttingProxy(int target, int cuts, int bytesBeforeCut) throws IOException {
    this.target = target;
    this.cuts = cuts;
    this.bytesBeforeCut = bytesBeforeCut;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = listener.accept();
        int limit = connections.incrementAndGet() <= cuts ? bytesBeforeCut : Integer.MAX_VALUE;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> pass(client, server, Integer.MAX_VALUE));
        Thread.ofVirtual().start(() -> pass(server, client, limit));
      } catch (IOException _) {
        return;
      }
    }
  }

  private static void pass(Socket from, Socket to, int limit) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[8192];
      int left = limit;
      for (int count = in.read(piece); count >= 0 && left > 0; count = in.read(piece)) {
        out.write(piece, 0, Math.min(count, left));
        out.flush();
        left -= Math.min(count, left);
      }
    } catch (IOException _) {
      // The other direction has closed both: that is how connections end here.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
