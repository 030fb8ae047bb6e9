package dev.berth.router.proxy;

import dev.berth.router.balance.Backend;
import dev.berth.serving.http.MessageBytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/** One connection to a server: idle in its pool, or busy with one request. */
// A write that fails closes the connection, and channelInactive tells whoever waits for it.
@SuppressWarnings("FutureReturnValueIgnored")
final class Upstream extends ChannelInboundHandlerAdapter {
  private final UpstreamPool pool;
  private final Backend backend;
  private final AnswerDecoder decoder;
  private ChannelHandlerContext context;
  private Optional<UpstreamEvents> user = Optional.empty();
  private boolean informational;
  private boolean reusable;
  private boolean sentWhole;
  private MessageBytes bytes;
  private boolean used;
  private long idleSinceNanos;

  Upstream(UpstreamPool pool, Backend backend, AnswerDecoder decoder) {
    this.pool = pool;
    this.backend = backend;
    this.decoder = decoder;
  }

  Backend backend() {
    return backend;
  }

  /** Whether it has carried a request before: then its server may have just closed it unheard. */
  boolean used() {
    return used;
  }

  /** Whether it is this one's answer that it waits for. */
  boolean busyFor(UpstreamEvents events) {
    return user.filter(events::equals).isPresent();
  }

  boolean open() {
    return context.channel().isActive();
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  /** Sends a request, whose answer goes to {@code newUser}. */
  void send(Forwarded request, Upload body, UpstreamEvents newUser) {
    user = Optional.of(newUser);
    informational = false;
    reusable = false;
    sentWhole = false;
    decoder.expect(request.isHead());
    bytes = new MessageBytes(this::write);
    request.begin(bytes, context.alloc(), backend, body.size());
    body.to(this);
    flush();
  }

  /** Sends a piece of the request's body, whose reference goes over; it leaves with a flush. */
  void body(ByteBuf piece) {
    bytes.body(piece);
  }

  /** The body is complete. */
  void bodyEnds() {
    bytes.end();
    sentWhole = true;
  }

  void flush() {
    bytes.send();
    context.flush();
  }

  /** False while the server takes what it is sent more slowly than it comes. */
  boolean isWritable() {
    return context.channel().isWritable();
  }

  /** Reads no further until told to. */
  void stopReading() {
    context.channel().config().setAutoRead(false);
  }

  void readOn() {
    context.channel().config().setAutoRead(true);
  }

  /** Ends it, saying nothing more to its user. */
  void close() {
    user = Optional.empty();
    context.close();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (user.isEmpty()) {
      // An answer that nobody asked for: its server cannot be trusted to frame the next one.
      ReferenceCountUtil.release(message);
      ctx.close();
      return;
    }
    if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      lose();
      return;
    }
    switch (message) {
      case FullHttpResponse whole -> whole(whole);
      case HttpResponse head when head.status().codeClass() == HttpStatusClass.INFORMATIONAL -> {
        if (head.status().code() == 101) {
          lose();
        }
        informational = true;
      }
      case LastHttpContent last when informational -> {
        informational = false;
        last.release();
      }
      case HttpResponse head -> {
        reusable = HttpUtil.isKeepAlive(head);
        user.get().head(head);
      }
      case LastHttpContent last -> finish(last);
      case HttpContent piece -> user.get().piece(piece);
      default -> ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    user.ifPresent(UpstreamEvents::pause);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    user.ifPresent(UpstreamEvents::writabilityChanged);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    pool.forget(this);
    loseQuietly();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    lose();
  }

  /** An answer that {@link dev.berth.serving.http.PlainMessages} read. */
  private void whole(FullHttpResponse answer) {
    reusable = HttpUtil.isKeepAlive(answer);
    user.get().head(answer);
    if (user.isPresent()) {
      finish(answer);
    } else {
      answer.release();
    }
  }

  private void finish(LastHttpContent last) {
    UpstreamEvents asked = user.get();
    user = Optional.empty();
    // An answer before the request was out whole, or with something behind it: what follows on this
    // connection is anybody's guess.
    if (reusable && open() && sentWhole && nothingToSend() && decoder.readAll()) {
      used = true;
      idleSinceNanos = System.nanoTime();
      readOn();
      pool.giveBack(this);
    } else {
      context.close();
    }
    asked.piece(last);
  }

  private boolean nothingToSend() {
    ChannelOutboundBuffer outbound = context.channel().unsafe().outboundBuffer();
    return outbound != null && outbound.isEmpty();
  }

  private void write(ByteBuf part) {
    context.write(part, context.voidPromise());
  }

  private void lose() {
    loseQuietly();
    context.close();
  }

  private void loseQuietly() {
    Optional<UpstreamEvents> asked = user;
    user = Optional.empty();
    asked.ifPresent(u -> u.lost(decoder.silent()));
  }
}
