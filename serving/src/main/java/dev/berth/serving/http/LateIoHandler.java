package dev.berth.serving.http;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * An event loop's handler that the loop's own thread makes when it starts: one of io_uring takes
 * milliseconds to make, and a server has loops for ports that nobody ever uses.
 */
final class LateIoHandler implements IoHandler {
  private final IoHandlerFactory factory;
  private final Class<? extends IoHandle> handles;
  private final ThreadAwareExecutor loop;

  /** Null until the loop's thread has started, and for good if it could not be made. */
  private volatile IoHandler made;

  private LateIoHandler(
      IoHandlerFactory factory, Class<? extends IoHandle> handles, ThreadAwareExecutor loop) {
    this.factory = factory;
    this.handles = handles;
    this.loop = loop;
  }

  /**
   * Makes late what {@code factory} makes.
   *
   * @param handles what those handlers can handle
   */
  static IoHandlerFactory factory(IoHandlerFactory factory, Class<? extends IoHandle> handles) {
    return loop -> new LateIoHandler(factory, handles, loop);
  }

  /** What it throws ends the loop, and Netty says so in the log. */
  @Override
  public void initialize() {
    IoHandler handler = factory.newHandler(loop);
    handler.initialize();
    made = handler;
  }

  @Override
  public int run(IoHandlerContext context) {
    return made.run(context);
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    IoHandler handler = made;
    if (handler == null) {
      throw new IllegalStateException("this event loop has ended as soon as it began");
    }
    return handler.register(handle);
  }

  /** A loop whose thread has yet to start looks for tasks before it waits for anything. */
  @Override
  public void wakeup() {
    IoHandler handler = made;
    if (handler != null) {
      handler.wakeup();
    }
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> type) {
    return handles.isAssignableFrom(type);
  }

  @Override
  public void prepareToDestroy() {
    IoHandler handler = made;
    if (handler != null) {
      handler.prepareToDestroy();
    }
  }

  @Override
  public void destroy() {
    IoHandler handler = made;
    if (handler != null) {
      handler.destroy();
    }
  }
}
