package dev.berth.serving.http;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * A running HTTP/1.1 server.
 *
 * <p>{@link #drain} ends it without losing a request; {@link #close} ends it at once.
 */
public final class HttpServer implements AutoCloseable {
  private final ServerContext context;
  private final Listener listener;

  private HttpServer(ServerContext context, Listener listener) {
    this.context = context;
    this.listener = listener;
  }

  /**
   * Listens and answers from now on.
   *
   * @throws UncheckedIOException when the address cannot be bound
   */
  public static HttpServer start(HttpServerOptions options, Handler handler) {
    DirectMemory.bound();
    ServerContext context = new ServerContext(handler, options);
    return new HttpServer(
        context,
        Listener.listen(
            new Listener.Address("http", options.host(), options.port()),
            options.threads(),
            connections -> new Greeting(context, connections)));
  }

  /** The port that it listens on. */
  public int port() {
    return listener.number();
  }

  /** How it does sockets: {@link Transport#name}. */
  public String transport() {
    return listener.transport().name();
  }

  /** How many connections are open. */
  public int connections() {
    return listener.connections().size();
  }

  /**
   * Ends the server: every answer from now on is its connection's last; after {@code lameDuck},
   * meant for clients and load balancers to notice, no connection is accepted and idle ones are
   * closed; then waits for what still runs. Blocks meanwhile.
   *
   * @param limit how long to wait in all
   * @return whether everything had been answered in time
   */
  public boolean drain(Duration lameDuck, Duration limit) throws InterruptedException {
    context.drain();
    boolean drained =
        listener.drain(
            lameDuck, limit, () -> listener.each(Connection.class, Connection::closeIfIdle));
    close();
    return drained;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the listener waits for all of them
  public void close() {
    listener.close(() -> listener.connections().close());
  }

  /** Sets up each new connection, or turns it away when there are too many. */
  private static final class Greeting extends ChannelInitializer<SocketChannel> {
    private final ServerContext context;
    private final ChannelGroup connections;

    Greeting(ServerContext context, ChannelGroup connections) {
      this.context = context;
      this.connections = connections;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      HttpServerOptions options = context.options();
      if (connections.size() >= options.maxConnections()) {
        TooManyConnections.turnAway(channel);
        return;
      }
      RequestDecoder decoder = new RequestDecoder(options.maxHeaderBytes());
      channel.pipeline().addLast(decoder, new Connection(context, decoder));
      connections.add(channel);
    }
  }
}
