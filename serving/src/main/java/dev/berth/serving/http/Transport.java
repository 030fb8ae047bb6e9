package dev.berth.serving.http;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ResourceLeakDetector;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * How this machine does sockets: io_uring or epoll on Linux, else the JDK's selectors.
 *
 * @param name {@code io_uring}, {@code epoll} or {@code nio}
 */
public record Transport(
    String name,
    IoHandlerFactory ioHandlers,
    ChannelFactory<? extends ServerChannel> serverChannel,
    ChannelFactory<? extends SocketChannel> clientChannel) {
  /** The system property that names the one to use, if it should not be the fastest. */
  public static final String PROPERTY = "berth.transport";

  private static final Map<String, Transport> known = new ConcurrentHashMap<>();

  static {
    // Netty traces one buffer in 128, with a stack trace each: that is for tests, which ask for it.
    if (System.getProperty("io.netty.leakDetection.level") == null) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }

  /**
   * The one that {@value #PROPERTY} names; {@code auto}, or nothing: the fastest that is sure to
   * work here.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @throws IllegalStateException if that one does not work here
   */
  public static Transport best() {
    return known.computeIfAbsent(System.getProperty(PROPERTY, "auto"), Transport::named);
  }

  private static Transport named(String name) {
    return switch (name) {
      case "auto" -> fastest();
      case Uring.NAME -> working(name, Uring.whyNot(), Uring::transport);
      case "epoll" -> working(name, Epoll.unavailabilityCause(), Transport::epoll);
      case "nio" -> nio();
      default ->
          throw new IllegalArgumentException(
              "no transport '%s': there are auto, io_uring, epoll and nio".formatted(name));
    };
  }

  private static Transport fastest() {
    if (Uring.isWise()) {
      return Uring.transport();
    }
    return Epoll.isAvailable() ? epoll() : nio();
  }

  private static Transport working(String name, Throwable whyNot, Supplier<Transport> asked) {
    if (whyNot != null) {
      throw new IllegalStateException(
          "the transport '%s' does not work on this machine: %s".formatted(name, whyNot), whyNot);
    }
    return asked.get();
  }

  private static Transport epoll() {
    return new Transport(
        "epoll",
        EpollIoHandler.newFactory(),
        EpollServerSocketChannel::new,
        EpollSocketChannel::new);
  }

  private static Transport nio() {
    return new Transport(
        "nio", NioIoHandler.newFactory(), NioServerSocketChannel::new, NioSocketChannel::new);
  }
}
