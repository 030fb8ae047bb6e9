package dev.berth.serving.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A process that opens connections, says no word, and ends with its standard input. */
final class IdleClients {
  private IdleClients() {}

  /** Arguments: the port, and how many. */
  public static void main(String[] arguments) throws IOException {
    InetAddress host = InetAddress.getLoopbackAddress();
    InetSocketAddress server = new InetSocketAddress(host, Integer.parseInt(arguments[0]));
    List<SocketChannel> connections = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      connections.add(SocketChannel.open(server));
    }
    while (System.in.read() >= 0) {
      // Nobody writes.
    }
    for (SocketChannel connection : connections) {
      connection.close();
    }
  }
}
