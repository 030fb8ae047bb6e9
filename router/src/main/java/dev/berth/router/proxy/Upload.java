package dev.berth.router.proxy;

import dev.berth.serving.http.Answer;
import dev.berth.serving.http.AnswerStream;
import dev.berth.serving.http.BodyReader;
import dev.berth.serving.http.HeldBytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A request's body on its way from the client to a server. What has been sent is kept as long as
 * there is room, for it may be needed once more when a server fails; a larger body goes through
 * without being held, and has one try.
 */
final class Upload implements BodyReader {
  /** What one body may keep: as much as Envoy does. */
  private static final int KEPT_BYTES = 1 << 20;

  private final AnswerStream client;
  private final ByteBuf beginning;
  private final HeldBytes room;
  private final Consumer<Answer.Whole> refused;

  /** What came after the beginning, and is not forgotten. */
  private List<ByteBuf> kept = List.of();

  private int keptBytes;
  private boolean whole = true;
  private boolean paused;
  private Optional<Upstream> server = Optional.empty();

  /**
   * @param beginning the body; or its beginning, when more comes
   * @param room what all bodies may keep together
   * @param refused told when the rest does not come, and why
   */
  Upload(AnswerStream client, ByteBuf beginning, HeldBytes room, Consumer<Answer.Whole> refused) {
    this.client = client;
    this.beginning = beginning;
    this.room = room;
    this.refused = refused;
    if (!client.bodyComplete()) {
      client.onBody(this);
    }
  }

  /** Whether it can be sent from its beginning. */
  boolean isWhole() {
    return whole;
  }

  /** Whether it is the client that we wait for. */
  boolean awaitsClient() {
    return !client.bodyComplete() && !paused;
  }

  /** How much there is to be sent at once, in bytes. */
  int size() {
    return beginning.readableBytes() + keptBytes;
  }

  /** Sends what there is, and then what comes as it comes. */
  void to(Upstream newServer) {
    newServer.body(beginning.retainedDuplicate());
    for (ByteBuf piece : kept) {
      newServer.body(piece.retainedDuplicate());
    }
    if (client.bodyComplete()) {
      newServer.bodyEnds();
    } else {
      server = Optional.of(newServer);
      pace();
    }
  }

  /** The server that it went to is out of the question. */
  void leave() {
    server = Optional.empty();
  }

  /** Nobody needs it any more. */
  void forget() {
    whole = false;
    kept.forEach(ByteBuf::release);
    kept = List.of();
    room.giveBack(keptBytes);
    keptBytes = 0;
  }

  /** The server takes more, or no more for now. */
  void pace() {
    boolean wait = server.isPresent() && !server.get().isWritable();
    if (wait && !paused) {
      client.pauseBody();
    } else if (!wait && paused) {
      client.resumeBody();
    }
    paused = wait;
  }

  @Override
  public void piece(ByteBuf piece) {
    if (whole) {
      keepOrForget(piece);
    }
    if (server.isPresent()) {
      server.get().body(piece);
      server.get().flush();
      pace();
    } else {
      piece.release();
    }
  }

  @Override
  public void complete() {
    server.ifPresent(Upstream::bodyEnds);
    server.ifPresent(Upstream::flush);
  }

  @Override
  public void refused(Answer.Whole answer) {
    refused.accept(answer);
  }

  private void keepOrForget(ByteBuf piece) {
    int bytes = piece.readableBytes();
    boolean fits = keptBytes + bytes <= KEPT_BYTES && room.take(bytes);
    if (!fits && server.isPresent()) {
      forget();
      return;
    }
    if (!fits) {
      // There is nowhere to send it to, and what has not been sent must not be forgotten.
      room.takeAnyway(bytes);
    }
    if (kept.isEmpty()) {
      kept = new ArrayList<>();
    }
    kept.add(piece.retainedDuplicate());
    keptBytes += bytes;
    if (!fits && !paused) {
      client.pauseBody();
      paused = true;
    }
  }
}
