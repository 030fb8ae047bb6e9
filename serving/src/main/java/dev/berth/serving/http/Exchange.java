package dev.berth.serving.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Optional;

/** One request and the sending of its answer. Lives on the connection's event loop. */
final class Exchange implements AnswerStream {
  /** Of an answer whose length is not known: most are. */
  private static final int SMALL_BODY_BYTES = 1024;

  private enum State {
    OPEN,
    STARTED,
    DONE
  }

  private final Connection connection;
  private final ChannelHandlerContext context;
  private final Request request;
  private final boolean clientKeepsAlive;
  private final MessageBytes bytes;
  private boolean keepAlive;
  private boolean workReadsBody;
  private boolean bodyComplete = true;
  private Optional<BodyReader> bodyReader = Optional.empty();
  private State state = State.OPEN;
  private Runnable gone = () -> {};
  private Runnable writable = () -> {};

  Exchange(Connection connection, ChannelHandlerContext context, Request request) {
    this.connection = connection;
    this.context = context;
    this.request = request;
    this.clientKeepsAlive = HttpUtil.isKeepAlive(request.head());
    this.bytes = new MessageBytes(connection::write);
  }

  Request request() {
    return request;
  }

  /** Whether the connection may carry another request after this answer. */
  boolean keepsAlive() {
    return keepAlive;
  }

  void clientLeft() {
    if (state != State.DONE) {
      state = State.DONE;
      bytes.drop();
      gone.run();
    }
    if (!workReadsBody) {
      connection.release(this);
    }
  }

  /**
   * Has the request answered, now or later.
   *
   * @param refusal what it is answered because of its head, if it may not come in
   */
  void handle(ServerContext server, Optional<Answer.Whole> refusal) {
    if (refusal.isPresent()) {
      server.answer(this, refusal.get());
      return;
    }
    try {
      // No switch: one over types is put together when it runs, some milliseconds of every start.
      Answer answer = server.handler().handle(request);
      if (answer instanceof Answer.Whole whole) {
        server.answer(this, whole);
      } else if (answer instanceof Answer.Later later) {
        LaterAnswers.begin(later, this);
      } else {
        ((Answer.Streamed) answer).writer().accept(this);
      }
    } catch (Throwable e) {
      LaterAnswers.failed(e, this);
    }
  }

  /** The handler is called before all of the body has come. */
  void bodyFollows() {
    bodyComplete = false;
  }

  /** Whether pieces of the body are this request's. */
  boolean takesBody() {
    return !bodyComplete;
  }

  /** A piece of the body, whose reference goes over. */
  void body(ByteBuf piece, boolean last) {
    bodyComplete = last;
    if (state == State.DONE || bodyReader.isEmpty()) {
      piece.release();
      return;
    }
    bodyReader.get().piece(piece);
    if (last) {
      bodyReader.get().complete();
    }
  }

  /** The rest of the body will not be taken, for the reason that the client is told. */
  void bodyRefused(Answer.Whole refusal) {
    if (state == State.DONE || bodyReader.isEmpty()) {
      answer(refusal);
    } else {
      bodyReader.get().refused(refusal);
    }
  }

  /** Another thread reads the request's body from now until {@link #workDone}. */
  void workBegins() {
    workReadsBody = true;
  }

  void workDone(Answer.Whole answer) {
    workReadsBody = false;
    if (state == State.DONE) {
      answer.body().release();
      connection.release(this);
    } else {
      answer(answer);
    }
  }

  void becameWritable() {
    if (state == State.STARTED) {
      writable.run();
    }
  }

  @Override
  public EventLoop eventLoop() {
    return context.channel().eventLoop();
  }

  @Override
  public void answer(Answer.Whole answer) {
    if (state != State.OPEN) {
      answer.body().release();
      return;
    }
    state = State.DONE;
    ByteBuf body = answer.body();
    HttpHeaders headers = answer.headers();
    if (!bodyForbidden(answer.status())) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.readableBytes()));
    }
    begin(answer.status(), headers, clientKeepsAlive, body.readableBytes());
    bytes.body(body);
    bytes.end();
    connection.finished(this);
  }

  @Override
  public void start(int status, HttpHeaders headers) {
    if (state != State.OPEN) {
      return;
    }
    state = State.STARTED;
    boolean framed = headers.contains(HttpHeaderNames.CONTENT_LENGTH) || bodyForbidden(status);
    boolean chunks = !framed && request.head().protocolVersion().minorVersion() > 0;
    if (chunks) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
      bytes.inChunks();
    }
    begin(status, headers, clientKeepsAlive && (framed || chunks), SMALL_BODY_BYTES);
  }

  @Override
  public boolean started() {
    return state != State.OPEN;
  }

  @Override
  public void write(ByteBuf piece) {
    if (state == State.STARTED) {
      bytes.body(piece);
    } else {
      piece.release();
    }
  }

  @Override
  public void flush() {
    if (state == State.STARTED) {
      bytes.send();
      connection.flush();
    }
  }

  @Override
  public void end() {
    if (state == State.STARTED) {
      state = State.DONE;
      bytes.end();
      connection.finished(this);
    }
  }

  @Override
  public void fail() {
    if (state != State.DONE) {
      state = State.DONE;
      keepAlive = false;
      bytes.send();
      connection.cut(this);
    }
  }

  @Override
  public boolean bodyComplete() {
    return bodyComplete;
  }

  @Override
  public void onBody(BodyReader reader) {
    bodyReader = Optional.of(reader);
  }

  @Override
  public void pauseBody() {
    if (!bodyComplete) {
      connection.pauseBody();
    }
  }

  @Override
  public void resumeBody() {
    if (!bodyComplete && state != State.DONE) {
      connection.resumeBody();
    }
  }

  @Override
  public boolean isWritable() {
    return context.channel().isWritable();
  }

  @Override
  public void onWritable(Runnable action) {
    writable = action;
  }

  @Override
  public void onGone(Runnable action) {
    gone = action;
  }

  private static boolean bodyForbidden(int status) {
    return status == 204 || status == 304;
  }

  private void begin(int status, HttpHeaders headers, boolean mayKeepAlive, int bodyBytes) {
    if (request.head().method().equals(HttpMethod.HEAD) || bodyForbidden(status)) {
      bytes.withoutBody();
    }
    // Whoever is answered before all of the body has come will not be heard to its end.
    keepAlive = mayKeepAlive && bodyComplete && !connection.draining();
    HeadWriter head = bytes.answer(context.alloc(), status, bodyBytes).addAll(headers);
    if (!headers.contains(HttpHeaderNames.DATE)) {
      head.add(HttpHeaderNames.DATE, HttpDate.now());
    }
    if (!keepAlive) {
      head.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (request.head().protocolVersion().minorVersion() == 0) {
      head.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    head.end();
  }
}
