package dev.berth.router.proxy;

import dev.berth.router.balance.Backend;
import dev.berth.router.balance.Fleet;
import dev.berth.router.balance.Splitter;
import dev.berth.router.table.LiveRoute;
import dev.berth.router.table.Routes;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.AnswerStream;
import dev.berth.serving.wire.ErrorCode;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Optional;

/**
 * One request on its way: drawn to a fleet, sent to a server, to another when that is safe, its
 * answer streamed back. Ends exactly once, in {@link #end}.
 */
final class Call implements UpstreamEvents {
  /** Status in metrics for a client that left before its answer. */
  private static final int CLIENT_LEFT = 499;

  /** Status in metrics for an answer that began well and broke off. */
  private static final int BROKE_OFF = 502;

  private final LoopCalls loop;
  private final AnswerStream client;
  private final Forwarded request;
  private final Upload upload;
  private final long startNanos = System.nanoTime();
  private final Wait wait;
  private final Attempts attempts;
  private LiveRoute route;
  private long deadlineNanos;
  private int place;

  private Optional<Seat> seat = Optional.empty();
  private Optional<Upstream> upstream = Optional.empty();
  private Optional<ModelFailure> failure = Optional.empty();
  private boolean fresh;
  private boolean ended;
  private int status;

  Call(LoopCalls loop, AnswerStream client, Forwarded request, LiveRoute route) {
    this.loop = loop;
    this.client = client;
    this.request = request;
    this.upload = new Upload(client, request.body(), loop.room(), this::answer);
    this.route = route;
    this.wait = new Wait(loop, startNanos);
    this.attempts = new Attempts(route.splitter(request.targetVariant()).orElseThrow());
    this.deadlineNanos = startNanos + route.limits().timeoutNanos();
  }

  EventLoop eventLoop() {
    return client.eventLoop();
  }

  int place() {
    return place;
  }

  void place(int newPlace) {
    place = newPlace;
  }

  void begin() {
    client.onGone(() -> end(CLIENT_LEFT));
    tryNext();
  }

  /** Looks at the clock. */
  void tick(long nowNanos) {
    boolean slowClient = upload.awaitsClient() || (client.started() && !client.isWritable());
    if (nowNanos - deadlineNanos > 0 && slowClient) {
      // The server of its connection bounds that.
      deadlineNanos = nowNanos + route.limits().timeoutNanos();
    } else if (nowNanos - deadlineNanos > 0) {
      seat.ifPresent(Seat::failed);
      String words = "the model did not answer within " + route.limits().timeoutSeconds() + " s";
      refuse(ErrorCode.TIMEOUT, words);
    } else if (wait.over(nowNanos)) {
      refuse(ErrorCode.UNAVAILABLE, "no server of this endpoint came back in time");
    } else if (wait.due(nowNanos)) {
      tryAgain();
    }
  }

  @Override
  public void connected(Upstream connection) {
    if (ended) {
      connection.close();
      return;
    }
    wait.leave();
    upstream = Optional.of(connection);
    attempts.sent();
    connection.send(request, upload, this);
  }

  @Override
  public void notConnected(Throwable cause) {
    if (!ended) {
      failedHere();
      tryNext();
    }
  }

  @Override
  public void writabilityChanged() {
    deadlineNanos = System.nanoTime() + route.limits().timeoutNanos();
    upload.pace();
  }

  @Override
  public void head(HttpResponse head) {
    Verdict verdict = Verdict.of(head);
    if (verdict.untouched()) {
      unavailable(verdict, head);
    } else if (verdict == Verdict.FAILURE) {
      seat.orElseThrow().failed();
      failure = Optional.of(new ModelFailure(head.status().code()));
    } else {
      seat.orElseThrow().succeeded();
      forward(head);
    }
  }

  @Override
  public void piece(HttpContent piece) {
    deadlineNanos = System.nanoTime() + route.limits().timeoutNanos();
    if (failure.isPresent()) {
      failure.get().add(piece.content());
      piece.release();
      if (piece instanceof LastHttpContent) {
        answer(failure.get().answer(request, seat.orElseThrow().fleet().variant()));
      }
      return;
    }
    if (piece.content().isReadable()) {
      client.write(piece.content());
    } else {
      piece.release();
    }
    if (piece instanceof LastHttpContent) {
      end(status);
      client.end();
    } else if (!client.isWritable()) {
      Upstream paused = upstream.orElseThrow();
      paused.stopReading();
      client.onWritable(paused::readOn);
    }
  }

  @Override
  public void pause() {
    client.flush();
  }

  @Override
  public void lost(boolean silently) {
    // A connection that was used before may have been closed for its age just as we wrote: that
    // says nothing about the server, and a fresh connection will tell.
    if (silently && upstream.orElseThrow().used() && !fresh) {
      leave();
    } else {
      failedHere();
    }
    fresh = true;
    if (!silently) {
      refuse(ErrorCode.MODEL_ERROR, "the model's answer broke off");
    } else if (attempts.mayBeSent() && upload.isWhole()) {
      tryNext();
    } else {
      refuse(ErrorCode.MODEL_ERROR, attempts.hungUpOn(upload.isWhole()));
    }
  }

  private void tryNext() {
    boolean first = attempts.first();
    Optional<Backend> next = attempts.next(request.burden());
    if (next.isEmpty()) {
      waitForServer();
      return;
    }
    Fleet fleet = attempts.fleet().orElseThrow();
    if (!first) {
      fleet.meter().retried();
    }
    seat = Optional.of(new Seat(next.get(), fleet));
    loop.pool().connect(eventLoop(), next.get(), fresh, this);
  }

  /** The request is untouched: another server may take it, or this one when it is back. */
  private void unavailable(Verdict verdict, HttpResponse head) {
    Seat here = seat.orElseThrow();
    boolean crowded = verdict == Verdict.CROWDED;
    if (crowded) {
      here.crowded(request.burden());
    }
    boolean again = verdict == Verdict.DRAINING || attempts.elsewhereThan(here.backend());
    if (!again || !attempts.mayBeSent() || !upload.isWhole()) {
      if (!crowded) {
        head.headers().set(HttpHeaderNames.RETRY_AFTER, 1);
      }
      forward(head);
      return;
    }
    upstream.orElseThrow().close();
    attempts.untouched();
    if (crowded) {
      attempts.crowdedOn(here.backend());
      leave();
    } else {
      failedHere();
    }
    tryNext();
  }

  private void forward(HttpResponse head) {
    status = head.status().code();
    HttpHeaders headers = head.headers();
    HopByHop.remove(headers);
    request.mark(headers, seat.orElseThrow().fleet().variant());
    client.start(status, headers);
  }

  private void waitForServer() {
    switch (attempts.crowded() ? Wait.Outcome.CROWDED : wait.enter(route)) {
      case WAITING -> {}
      case CROWDED -> refuse(ErrorCode.NOT_READY, ProxyHandler.CROWDED);
      case NO_HOPE -> refuse(ErrorCode.UNAVAILABLE, "the endpoint has no server");
      case FULL -> refuse(ErrorCode.NOT_READY, "too many requests wait for a server already");
    }
  }

  private void tryAgain() {
    Routes routes = loop.switchboard().routes();
    Optional<LiveRoute> successor = routes.successorOf(route);
    Optional<Splitter> splitter = successor.flatMap(next -> next.splitter(request.targetVariant()));
    if (splitter.isEmpty()) {
      refuse(ErrorCode.NOT_FOUND, "the endpoint or variant is no more");
      return;
    }
    route = successor.get();
    attempts.again(splitter.get());
    tryNext();
  }

  private void refuse(ErrorCode code, String message) {
    answer(request.refusal(code, message));
  }

  /** The answer is ours, not a server's; or the connection breaks, when a server's has begun. */
  private void answer(Answer.Whole ours) {
    end(client.started() ? BROKE_OFF : ours.status());
    if (client.started()) {
      client.fail();
    } else {
      client.answer(ours);
    }
  }

  /** The request failed on its server and is not there any more. */
  private void failedHere() {
    Seat here = seat.orElseThrow();
    here.failed();
    attempts.failedOn(here.backend());
    leave();
  }

  /** The request is on no server any more. */
  private void leave() {
    seat.ifPresent(Seat::leave);
    seat = Optional.empty();
    upstream = Optional.empty();
    upload.leave();
  }

  private void end(int code) {
    if (ended) {
      return;
    }
    ended = true;
    upstream.filter(connection -> connection.busyFor(this)).ifPresent(Upstream::close);
    leave();
    upload.forget();
    wait.leave();
    loop.count(attempts.fleet(), code, System.nanoTime() - startNanos);
    loop.end(this);
  }
}
