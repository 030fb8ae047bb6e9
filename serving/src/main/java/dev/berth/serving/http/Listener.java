package dev.berth.serving.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A bound port and the connections that came by it: how every server of ours takes its leave.
 *
 * @param port what listens
 * @param loops the loops of its connections
 * @param connections all that are open
 */
public record Listener(Channel port, EventLoopGroup loops, ChannelGroup connections) {

  /** The number of the port. */
  public int number() {
    return ((InetSocketAddress) port.localAddress()).getPort();
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

  /** Has each connection's handler of this type do something on the connection's own loop. */
  public <H extends ChannelHandler> void each(Class<H> type, Consumer<H> what) {
    for (Channel connection : connections) {
      connection.eventLoop().execute(() -> tell(connection, type, what));
    }
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
