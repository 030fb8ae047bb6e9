package dev.berth.serving.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A bound port and the connections that came by it: how every server of ours comes and takes its
 * leave.
 */
public final class Listener {
  private static final int BACKLOG = 4096;
  private static final int CLOSE_SECONDS = 5;

  /**
   * For all ports of a process, by transport. It has no connections: what is accepted late, on a
   * busy loop, would be lost when the port closes.
   */
  private static final Map<String, EventLoopGroup> acceptors = new ConcurrentHashMap<>();

  private final Transport transport;
  private final EventLoopGroup loops;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel port;

  private Listener(
      Address address,
      int threads,
      Function<ChannelGroup, ChannelInitializer<SocketChannel>> greeting) {
    transport = Transport.best();
    EventLoopGroup acceptor =
        acceptors.computeIfAbsent(transport.name(), _ -> group("accept", 1, transport));
    loops = group(address.protocol(), threads, transport);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(acceptor, loops)
            .channelFactory(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(greeting.apply(connections))
            .bind(address.host(), address.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      shutDown();
      throw new UncheckedIOException(
          new IOException(
              "cannot listen on " + address.host() + ":" + address.port(), bound.cause()));
    }
    port = bound.channel();
  }

  /**
   * Where to listen.
   *
   * @param protocol what its threads are called after
   * @param port 0 takes a free one
   */
  public record Address(String protocol, String host, int port) {}

  /**
   * Listens from now on. No thread but the accepting one runs until the first client comes.
   *
   * @param threads event loops for connections; 0: as many as processors
   * @param greeting makes what sets up each new connection, from the group that it is to join
   * @throws UncheckedIOException when the address cannot be bound
   */
  public static Listener listen(
      Address address,
      int threads,
      Function<ChannelGroup, ChannelInitializer<SocketChannel>> greeting) {
    int loops = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    return new Listener(address, loops, greeting);
  }

  /** The number of the port. */
  public int number() {
    return ((InetSocketAddress) port.localAddress()).getPort();
  }

  /** How it does sockets. */
  Transport transport() {
    return transport;
  }

  /** All connections that are open. */
  public ChannelGroup connections() {
    return connections;
  }

  /**
   * Waits for {@code lameDuck}, accepts no more, tells every connection so, and waits until all
   * have closed.
   *
   * @param limit how long to wait in all
   * @return whether all had closed in time
   */
  public boolean drain(Duration lameDuck, Duration limit, Runnable tell)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    TimeUnit.NANOSECONDS.sleep(Math.min(lameDuck.toNanos(), limit.toNanos()));
    port.close().await();
    awaitRegistrations();
    tell.run();
    long left = Math.max(0, end - System.nanoTime());
    return connections.newCloseFuture().await(left, TimeUnit.NANOSECONDS);
  }

  /** Accepts no more, has {@code tell} close the connections, and ends all threads. */
  public void close(Runnable tell) {
    port.close().awaitUninterruptibly();
    tell.run();
    connections.newCloseFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    shutDown();
  }

  /** Has each connection's handler of this type do something on the connection's own loop. */
  public <H extends ChannelHandler> void each(Class<H> type, Consumer<H> what) {
    for (Channel connection : connections) {
      connection.eventLoop().execute(() -> tell(connection, type, what));
    }
  }

  private static EventLoopGroup group(String name, int threads, Transport transport) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), transport.ioHandlers());
  }

  private void shutDown() {
    loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** A connection that has just been closed has no handlers any more. */
  private static <H extends ChannelHandler> void tell(
      Channel connection, Class<H> type, Consumer<H> what) {
    H handler = connection.pipeline().get(type);
    if (handler != null) {
      what.accept(handler);
    }
  }

  /** What was accepted last is on its way to its loop: what runs there after it has seen it. */
  private void awaitRegistrations() throws InterruptedException {
    for (EventExecutor loop : loops) {
      loop.submit(() -> {}).await();
    }
  }
}
