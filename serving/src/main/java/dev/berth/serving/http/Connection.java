package dev.berth.serving.http;

import dev.berth.serving.wire.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: one request at a time, answers in order. What the client sends ahead
 * waits, and after one read's worth of it we stop reading, so that nobody can fill our memory.
 */
// A write that fails closes the connection, and channelInactive tells whoever waits for it.
@SuppressWarnings("FutureReturnValueIgnored")
final class Connection extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  /** A connection this young may be without a request only because it is still on its way. */
  private static final long YOUNG_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ServerContext server;
  private final RequestDecoder decoder;
  private final Intake intake;
  private final Queue<Object> ahead = new ArrayDeque<>(4);
  private ChannelHandlerContext context;
  private Exchange exchange;
  private Optional<Farewell> farewell = Optional.empty();
  private boolean closing;
  private boolean used;
  private boolean takingAhead;
  private boolean reading;
  private boolean unflushed;
  private boolean bodyPaused;
  private long idleSinceNanos = System.nanoTime();
  private Patience patience;

  Connection(ServerContext server, RequestDecoder decoder) {
    this.server = server;
    this.decoder = decoder;
    this.intake = new Intake(server.handler(), server.heldBytes(), server.options().maxBodyBytes());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    patience = new Patience(added, patience(), this::deadline, this::clientStalled);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    reading = true;
    if (closing) {
      farewell.ifPresentOrElse(f -> f.discard(message), () -> ReferenceCountUtil.release(message));
    } else if (exchange != null && exchange.takesBody() && ahead.isEmpty()) {
      passOn(message);
    } else if (exchange != null || !ahead.isEmpty() || !channel().isWritable()) {
      ahead.add(message);
      channel().config().setAutoRead(false);
    } else {
      accept(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading = false;
    if (unflushed) {
      flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    idleSinceNanos = System.nanoTime();
    if (!channel().isWritable()) {
      return;
    }
    if (exchange != null) {
      exchange.becameWritable();
    }
    takeAhead();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    patience.end();
    dropAhead();
    if (exchange == null) {
      intake.abandon();
    } else {
      exchange.clientLeft();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.warn("connection of {} closed", channel().remoteAddress(), cause);
    }
    ctx.close();
  }

  boolean draining() {
    return server.draining();
  }

  /** Writes a part of the current answer, whose reference goes over. */
  void write(ByteBuf part) {
    unflushed = true;
    context.write(part, context.voidPromise());
  }

  /** Reads no more of the body that the handler takes as it comes. */
  void pauseBody() {
    bodyPaused = true;
    channel().config().setAutoRead(false);
  }

  void resumeBody() {
    if (bodyPaused) {
      bodyPaused = false;
      intake.restartClock();
      channel().config().setAutoRead(true);
    }
  }

  void flush() {
    unflushed = false;
    context.flush();
  }

  /** The current answer has been written whole. */
  void finished(Exchange done) {
    release(done);
    if (!done.keepsAlive()) {
      closing = true;
      dropAhead();
      unflushed = false;
      farewell = Optional.of(Farewell.say(context));
      return;
    }
    if (!reading) {
      flush();
    }
    takeAhead();
  }

  /** The current answer cannot be completed. */
  void cut(Exchange done) {
    release(done);
    closing = true;
    dropAhead();
    context.flush();
    context.close();
  }

  /** Closes the connection if no request is on it, nor on its way over a new one. */
  void closeIfIdle() {
    if (closing || exchange != null || intake.midRequest() || !ahead.isEmpty()) {
      return;
    }
    long youngFor = idleSinceNanos + YOUNG_NANOS - System.nanoTime();
    if (!used && youngFor > 0) {
      context.executor().schedule(this::closeIfIdle, youngFor, TimeUnit.NANOSECONDS);
    } else if (!decoder.holdsPartOfARequest()) {
      context.close();
    }
  }

  private Channel channel() {
    return context.channel();
  }

  private void accept(Object message) {
    try {
      if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
        ReferenceCountUtil.release(message);
        throw Refused.undecoded(object.decoderResult());
      }
      if (message instanceof FullHttpRequest whole) {
        dispatch(intake.whole(whole), Intake.Progress.COMPLETE);
        return;
      }
      if (message instanceof HttpRequest head && intake.begin(head)) {
        context.writeAndFlush(MessageBytes.CONTINUE.duplicate(), context.voidPromise());
      }
      if (message instanceof HttpContent piece) {
        Intake.Progress progress = intake.add(piece);
        if (progress != Intake.Progress.MORE) {
          dispatch(intake.take(progress), progress);
        }
      }
    } catch (Refused refused) {
      refuse(refused);
    }
  }

  /** The handler has the beginning of this body already. */
  private void passOn(Object message) {
    HttpContent piece = (HttpContent) message;
    try {
      intake.pass(piece);
    } catch (Refused refused) {
      piece.release();
      exchange.bodyRefused(refused.answer());
      return;
    }
    exchange.body(piece.content(), piece instanceof LastHttpContent);
  }

  private void dispatch(Request request, Intake.Progress progress) {
    Exchange current = new Exchange(this, context, request);
    if (progress == Intake.Progress.ENOUGH) {
      current.bodyFollows();
    }
    used = true;
    exchange = current;
    current.handle(server, intake.refusal());
  }

  /** Nobody needs this exchange's request any more. */
  void release(Exchange done) {
    exchange = null;
    bodyPaused = false;
    idleSinceNanos = System.nanoTime();
    intake.release(done.request());
  }

  private void takeAhead() {
    if (takingAhead) {
      return;
    }
    takingAhead = true;
    while (!ahead.isEmpty() && !closing && exchange == null && channel().isWritable()) {
      accept(ahead.poll());
      while (!ahead.isEmpty() && exchange != null && exchange.takesBody()) {
        passOn(ahead.poll());
      }
    }
    takingAhead = false;
    if (ahead.isEmpty() && !closing && !bodyPaused && !channel().config().isAutoRead()) {
      channel().config().setAutoRead(true);
    }
  }

  private void refuse(Refused refused) {
    intake.abandon();
    closing = true;
    channel().config().setAutoRead(false); // the answer may have to wait for its turn
    exchange = new Exchange(this, context, Request.unread());
    server.answer(exchange, refused.answer());
  }

  private void dropAhead() {
    ahead.forEach(ReferenceCountUtil::release);
    ahead.clear();
  }

  /** When the client must have done its part; empty while it waits for us. */
  private OptionalLong deadline() {
    boolean reads = exchange == null || (exchange.takesBody() && !bodyPaused);
    if (!reads && channel().isWritable()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        intake.midRequest() ? intake.deadlineNanos(patience()) : idleSinceNanos + patience());
  }

  /** Silent clients, dribbling ones and those that do not read. */
  private void clientStalled() {
    Refused late = new Refused(ErrorCode.REQUEST_TIMEOUT, "the body did not come in time");
    if (!intake.midRequest() || closing) {
      context.close();
    } else if (exchange == null) {
      refuse(late);
    } else {
      exchange.bodyRefused(late.answer());
    }
  }

  private long patience() {
    return server.options().idleTimeout().toNanos();
  }
}
