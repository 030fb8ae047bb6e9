package dev.berth.serving.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/** One request and the sending of its answer. Lives on the connection's event loop. */
final class Exchange implements AnswerStream {
  private enum State {
    OPEN,
    STARTED,
    DONE
  }

  private final Connection connection;
  private final ChannelHandlerContext context;
  private final Request request;
  private final boolean clientKeepsAlive;
  private boolean keepAlive;
  private boolean workReadsBody;
  private State state = State.OPEN;
  private Runnable gone = () -> {};
  private Runnable writable = () -> {};

  Exchange(Connection connection, ChannelHandlerContext context, Request request) {
    this.connection = connection;
    this.context = context;
    this.request = request;
    this.clientKeepsAlive = HttpUtil.isKeepAlive(request.head());
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
      gone.run();
    }
    if (!workReadsBody) {
      connection.release(this);
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
    HttpHeaders headers = answer.headers();
    if (answer.status() != 204 && answer.status() != 304) {
      headers.setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().readableBytes());
    }
    frame(headers, clientKeepsAlive);
    connection.write(
        this,
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            answer.body(),
            headers,
            EmptyHttpHeaders.INSTANCE));
    connection.finished(this);
  }

  @Override
  public void start(int status, HttpHeaders headers) {
    if (state != State.OPEN) {
      return;
    }
    state = State.STARTED;
    boolean endsWithConnection = false;
    if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH) && status != 204 && status != 304) {
      if (request.head().protocolVersion().minorVersion() > 0) {
        headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
      } else {
        endsWithConnection = true;
      }
    }
    frame(headers, clientKeepsAlive && !endsWithConnection);
    connection.write(
        this,
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), headers));
  }

  @Override
  public boolean started() {
    return state != State.OPEN;
  }

  @Override
  public void write(ByteBuf piece) {
    if (state == State.STARTED) {
      connection.write(this, new DefaultHttpContent(piece));
    } else {
      piece.release();
    }
  }

  @Override
  public void flush() {
    if (state == State.STARTED) {
      connection.flush();
    }
  }

  @Override
  public void end() {
    if (state == State.STARTED) {
      state = State.DONE;
      connection.write(this, LastHttpContent.EMPTY_LAST_CONTENT);
      connection.finished(this);
    }
  }

  @Override
  public void fail() {
    if (state != State.DONE) {
      state = State.DONE;
      keepAlive = false;
      connection.cut(this);
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

  private void frame(HttpHeaders headers, boolean mayKeepAlive) {
    keepAlive = mayKeepAlive && !connection.draining();
    if (!headers.contains(HttpHeaderNames.DATE)) {
      headers.set(HttpHeaderNames.DATE, HttpDate.now());
    }
    if (!keepAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (request.head().protocolVersion().minorVersion() == 0) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }
}
