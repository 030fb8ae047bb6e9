package dev.berth.serving.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A running HTTP/1.1 server.
 *
 * <p>{@link #drain} ends it without losing a request; {@link #close} ends it at once.
 */
public final class HttpServer implements AutoCloseable {
  private static final int BACKLOG = 4096;

  private final ServerContext context;

  /** Of its own: what is accepted late, on a busy loop, would be lost when the listener closes. */
  private final EventLoopGroup acceptor;

  private final Listener listener;

  private HttpServer(ServerContext context, EventLoopGroup acceptor, Listener listener) {
    this.context = context;
    this.acceptor = acceptor;
    this.listener = listener;
  }

  /**
   * Listens and answers from now on.
   *
   * @throws UncheckedIOException when the address cannot be bound
   */
  public static HttpServer start(HttpServerOptions options, Handler handler) {
    DirectMemory.bound();
    Transport transport = Transport.best();
    int threads =
        options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
    EventLoopGroup acceptor =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("accept", true), transport.ioHandlers());
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("http", true), transport.ioHandlers());
    ServerContext context = new ServerContext(handler, options);
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(acceptor, loops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Greeting(context, connections))
            .bind(options.host(), options.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      acceptor.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
      throw new UncheckedIOException(
          new IOException(
              "cannot listen on " + options.host() + ":" + options.port(), bound.cause()));
    }
    return new HttpServer(context, acceptor, new Listener(bound.channel(), loops, connections));
  }

  /** The port that it listens on. */
  public int port() {
    return listener.number();
  }

  /** How many connections are open. */
  public int connections() {
    return listener.connections().size();
  }

  /** The event loops, for those who call others on behalf of a connection. */
  public EventLoopGroup eventLoops() {
    return listener.loops();
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
  public void close() {
    listener.port().close().awaitUninterruptibly();
    listener.connections().close().awaitUninterruptibly();
    acceptor.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    listener.loops().shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
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
