package dev.berth.router.proxy;

import dev.berth.router.balance.Backend;
import dev.berth.router.balance.Burden;
import dev.berth.router.balance.Fleet;
import dev.berth.router.balance.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which servers one request has been tried on and where it may go next: within its fleet first, so
 * that failures do not bend the split, then to any other fleet that it could have drawn.
 */
final class Attempts {
  /** A request that made this many servers hang up is not tried on yet another. */
  private static final int MAX_SENT = 3;

  private Splitter splitter;
  private Optional<Fleet> fleet = Optional.empty();
  private List<Backend> tried = List.of();
  private int sent;
  private boolean crowded;

  Attempts(Splitter splitter) {
    this.splitter = splitter;
  }

  /** The fleet drawn last; empty when none had a server. */
  Optional<Fleet> fleet() {
    return fleet;
  }

  /**
   * Where to go next; empty when all have been tried, or have just refused such a request.
   *
   * @param burden the request's
   */
  Optional<Backend> next(Burden burden) {
    Optional<Backend> next = next();
    while (next.isPresent() && next.get().refuses(burden)) {
      crowdedOn(next.get());
      next = next();
    }
    return next;
  }

  /** Whether one of those that it could have gone to has no room for it. */
  boolean crowded() {
    return crowded;
  }

  private Optional<Backend> next() {
    if (fleet.isEmpty()) {
      fleet = splitter.draw();
    }
    Optional<Backend> backend = fleet.flatMap(drawn -> drawn.choose(tried));
    if (backend.isPresent()) {
      return backend;
    }
    Optional<Fleet> another = splitter.another(tried);
    fleet = another.isPresent() ? another : fleet;
    return another.flatMap(drawn -> drawn.choose(tried));
  }

  /** Whether another server than this one is left to go to. */
  boolean elsewhereThan(Backend here) {
    List<Backend> without = new ArrayList<>(tried);
    without.add(here);
    return splitter.another(without).isPresent();
  }

  void crowdedOn(Backend backend) {
    crowded = true;
    failedOn(backend);
  }

  void failedOn(Backend backend) {
    if (tried.isEmpty()) {
      tried = new ArrayList<>(2);
    }
    tried.add(backend);
  }

  /** The request is going out. */
  void sent() {
    sent++;
  }

  /** What was sent last has not been worked on: it does not count. */
  void untouched() {
    sent--;
  }

  /** Whether nothing has been tried yet. */
  boolean first() {
    return sent == 0 && tried.isEmpty();
  }

  /** Whether it may be sent once more. */
  boolean mayBeSent() {
    return sent < MAX_SENT;
  }

  /** Why a request is given up whose servers closed their connections. */
  String hungUpOn(boolean bodyIsWhole) {
    return bodyIsWhole
        ? sent + " times a server closed the connection without an answer"
        : "a server closed the connection, and the body is too large to be sent again";
  }

  /** Everything may be tried again, by a table that may be a new one. */
  void again(Splitter newSplitter) {
    splitter = newSplitter;
    fleet = Optional.empty();
    tried = List.of();
    crowded = false;
  }
}
