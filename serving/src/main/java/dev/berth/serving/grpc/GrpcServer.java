package dev.berth.serving.grpc;

import dev.berth.serving.http.HeldBytes;
import dev.berth.serving.http.Listener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A running gRPC server. Until the first client connects it is a socket and nothing else: none of
 * HTTP/2's classes is loaded and no thread but the accepting one runs.
 */
public final class GrpcServer implements AutoCloseable {
  private static final int MAX_STREAMS = 1000;
  private static final int MAX_HEADER_BYTES = 16 << 10;
  private static final int WINDOW_BYTES = 1 << 20;

  private final Listener listener;

  private GrpcServer(Listener listener) {
    this.listener = listener;
  }

  /**
   * Listens and answers from now on.
   *
   * @throws UncheckedIOException when the address cannot be bound
   */
  public static GrpcServer start(GrpcServerOptions options, GrpcHandler handler) {
    return new GrpcServer(
        Listener.listen(
            new Listener.Address("grpc", options.host(), options.port()),
            0,
            connections -> new Greeting(options, handler, connections)));
  }

  /** The port that it listens on. */
  public int port() {
    return listener.number();
  }

  /** How many connections are open. */
  public int connections() {
    return listener.connections().size();
  }

  /**
   * Ends the server: for {@code lameDuck} it goes on as before; then no connection is accepted,
   * clients are told to begin nothing more, and what runs is finished. Blocks meanwhile.
   *
   * @param limit how long to wait in all
   * @return whether everything had been answered in time
   */
  public boolean drain(Duration lameDuck, Duration limit) throws InterruptedException {
    boolean drained =
        listener.drain(
            lameDuck, limit, () -> listener.each(ConnectionEnd.class, ConnectionEnd::farewell));
    close();
    return drained;
  }

  @Override
  public void close() {
    listener.close(() -> listener.each(ConnectionEnd.class, ConnectionEnd::now));
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
      // Before the codec, which greets at once: a client that was greeted has been counted.
      connections.add(channel);
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
    }
  }
}
