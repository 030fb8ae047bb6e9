package dev.berth.router.proxy;

import dev.berth.router.balance.Backend;
import dev.berth.serving.http.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.NoopAddressResolverGroup;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * One event loop's idle connections, by server. The one used last goes first: it is the warmest.
 */
// Nobody waits for a connection that is not needed any more to be closed.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpstreamPool {
  private static final int CONNECT_TIMEOUT_MILLIS = 1000;
  private static final int MAX_IDLE_PER_BACKEND = 512;

  /** Well below what servers grant an idle connection, ours 75 seconds. */
  private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Transport transport;
  private final IdentityHashMap<Backend, Deque<Upstream>> idle = new IdentityHashMap<>();

  UpstreamPool(Transport transport) {
    this.transport = transport;
  }

  /**
   * Hands {@code user} a connection to {@code backend}, at once when one is idle.
   *
   * @param fresh whether it must be one that has carried no request yet
   */
  void connect(EventLoop loop, Backend backend, boolean fresh, UpstreamEvents user) {
    Deque<Upstream> known = idle.get(backend);
    Upstream pooled = fresh || known == null ? null : known.pollFirst();
    if (pooled != null) {
      user.connected(pooled);
      return;
    }
    AnswerDecoder decoder = new AnswerDecoder();
    Upstream upstream = new Upstream(this, backend, decoder);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channelFactory(transport.clientChannel())
            // A name that was unknown when the table was taken fails here, and never blocks.
            .resolver(NoopAddressResolverGroup.INSTANCE)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(decoder, upstream);
                  }
                })
            .connect(backend.socketAddress());
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            user.connected(upstream);
          } else {
            user.notConnected(done.cause());
          }
        });
  }

  /** A connection is free for another request. */
  void giveBack(Upstream upstream) {
    Deque<Upstream> known = idle.computeIfAbsent(upstream.backend(), _ -> new ArrayDeque<>());
    if (known.size() < MAX_IDLE_PER_BACKEND) {
      known.addFirst(upstream);
    } else {
      upstream.close();
    }
  }

  /** A connection has ended. */
  void forget(Upstream upstream) {
    Deque<Upstream> known = idle.get(upstream.backend());
    if (known != null && known.remove(upstream) && known.isEmpty()) {
      idle.remove(upstream.backend());
    }
  }

  boolean isEmpty() {
    return idle.isEmpty();
  }

  /** Closes connections that have been idle for too long. */
  void closeStale(long nowNanos) {
    Iterator<Deque<Upstream>> pools = idle.values().iterator();
    while (pools.hasNext()) {
      Deque<Upstream> known = pools.next();
      while (!known.isEmpty() && nowNanos - known.peekLast().idleSinceNanos() > MAX_IDLE_NANOS) {
        known.pollLast().close();
      }
      if (known.isEmpty()) {
        pools.remove();
      }
    }
  }
}
