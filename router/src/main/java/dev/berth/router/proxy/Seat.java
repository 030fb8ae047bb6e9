package dev.berth.router.proxy;

import dev.berth.router.balance.Backend;
import dev.berth.router.balance.Burden;
import dev.berth.router.balance.Fleet;

/** A request's place on a server: counted there while it lasts, and by how it went. */
record Seat(Backend backend, Fleet fleet) {
  Seat {
    backend.begun();
    fleet.meter().begun();
  }

  void leave() {
    backend.ended();
    fleet.meter().ended();
  }

  /** The request failed for a reason that lies with the server. */
  void failed() {
    if (backend.health().failed()) {
      fleet.meter().ejected();
    }
  }

  /** The server has no room for such a request, and fares well. */
  void crowded(Burden burden) {
    backend.crowded(burden);
    succeeded();
  }

  void succeeded() {
    backend.health().succeeded();
  }
}
