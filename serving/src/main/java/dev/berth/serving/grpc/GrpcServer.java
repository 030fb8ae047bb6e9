package dev.berth.serving.grpc;

import dev.berth.serving.http.HeldBytes;
import dev.berth.serving.http.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A running gRPC server. Until the first client connects it is a socket and nothing else: none of
 * HTTP/2's classes is loaded and no thread but the accepting one runs.
 */
public final class GrpcServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int MAX_STREAMS = 1000;
  private static final int MAX_HEADER_BYTES = 16 << 10;
  private static final int WINDOW_BYTES = 1 << 20;
  private static final int CLOSE_SECONDS = 5;

  private final EventLoopGroup loops;
  private final Channel listener;
  private final ChannelGroup connections;

  private GrpcServer(EventLoopGroup loops, Channel listener, ChannelGroup connections) {
    this.loops = loops;
    this.listener = listener;
    this.connections = connections;
  }

  /**
   * Listens and answers from now on.
   *
   * @throws UncheckedIOException when the address cannot be bound
   */
  public static GrpcServer start(GrpcServerOptions options, GrpcHandler handler) {
    Transport transport = Transport.best();
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(),
            new DefaultThreadFactory("grpc", true),
            transport.ioHandlers());
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new Greeting(options, handler, connections))
            .bind(options.host(), options.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
      throw new UncheckedIOException(
          new IOException(
              "cannot listen on " + options.host() + ":" + options.port(), bound.cause()));
    }
    return new GrpcServer(loops, bound.channel(), connections);
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /**
   * Ends the server: for {@code lameDuck} it goes on as before; then no connection is accepted,
   * clients are told to begin nothing more, and what runs is finished. Blocks meanwhile.
   *
   * @param limit how long to wait in all
   * @return whether everything had been answered in time
   */
  public boolean drain(Duration lameDuck, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    TimeUnit.NANOSECONDS.sleep(Math.min(lameDuck.toNanos(), limit.toNanos()));
    listener.close().await();
    awaitRegistrations();
    for (Channel connection : connections) {
      end(connection, ConnectionEnd::farewell);
    }
    long left = Math.max(0, end - System.nanoTime());
    boolean drained = connections.newCloseFuture().await(left, TimeUnit.NANOSECONDS);
    close();
    return drained;
  }

  /** A connection that has just been closed has no handlers any more. */
  private static void end(Channel connection, Consumer<ConnectionEnd> how) {
    connection
        .eventLoop()
        .execute(
            () ->
                Optional.ofNullable(connection.pipeline().get(ConnectionEnd.class)).ifPresent(how));
  }

  /** What was accepted last is on its way to its loop: what runs there after it has seen it. */
  private void awaitRegistrations() throws InterruptedException {
    for (EventExecutor loop : loops) {
      loop.submit(() -> {}).await();
    }
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    for (Channel connection : connections) {
      end(connection, ConnectionEnd::now);
    }
    connections.newCloseFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** Sets up each new connection, or turns it away when there are too many. */
  private static final class Greeting extends ChannelInitializer<SocketChannel> {
    private final GrpcServerOptions options;
    private final GrpcHandler handler;
    private final ChannelGroup connections;
    private final HeldBytes held;

    Greeting(GrpcServerOptions options, GrpcHandler handler, ChannelGroup connections) {
      this.options = options;
      this.handler = handler;
      this.connections = connections;
      this.held = new HeldBytes(options.maxHeldBytes());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for who is turned away
    protected void initChannel(SocketChannel channel) {
      if (connections.size() >= options.maxConnections()) {
        channel.close();
        return;
      }
      ConnectionState state = new ConnectionState(options, handler, held);
      Http2FrameCodec codec =
          Http2FrameCodecBuilder.forServer()
              .initialSettings(
                  Http2Settings.defaultSettings()
                      .maxConcurrentStreams(MAX_STREAMS)
                      .maxHeaderListSize(MAX_HEADER_BYTES)
                      .initialWindowSize(WINDOW_BYTES))
              .build();
      channel
          .pipeline()
          .addLast(
              codec,
              new IdleStateHandler(0, 0, options.idleTimeout().toNanos(), TimeUnit.NANOSECONDS),
              new Http2MultiplexHandler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                      stream.pipeline().addLast(new GrpcCall(state));
                    }
                  }),
              new ConnectionEnd(codec, state));
      connections.add(channel);
    }
  }
}
