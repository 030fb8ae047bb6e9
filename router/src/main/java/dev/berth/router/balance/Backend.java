package dev.berth.router.balance;

import dev.berth.router.health.BackendHealth;
import dev.berth.serving.route.BackendAddress;
import io.netty.util.AsciiString;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** One server: where it listens, how it fares, how many requests are on it. */
public final class Backend {
  private final BackendAddress address;
  private final AsciiString authority;
  private final InetSocketAddress socketAddress;
  private final BackendHealth health = new BackendHealth(System::nanoTime);
  private final Crowding crowding = new Crowding(System::nanoTime);
  private final AtomicInteger outstanding = new AtomicInteger();

  /** Looks the host up when it is a name, which blocks; an IP address costs nothing. */
  public Backend(BackendAddress address) {
    this.address = address;
    this.authority = new AsciiString(address.toString());
    this.socketAddress = new InetSocketAddress(address.host(), address.port());
  }

  public BackendAddress address() {
    return address;
  }

  /** The address as a Host header has it. */
  public AsciiString authority() {
    return authority;
  }

  /** Where to connect; unresolved when the name was unknown. */
  public InetSocketAddress socketAddress() {
    return socketAddress;
  }

  public BackendHealth health() {
    return health;
  }

  /** It has refused a request that is still counted here, for want of room. */
  public void crowded(Burden burden) {
    crowding.refused(burden, outstanding() - 1);
  }

  /** Whether it would refuse a request for want of room, as far as is known. */
  public boolean refuses(Burden burden) {
    return crowding.refuses(burden, outstanding());
  }

  /** Requests that are on it now, from this router. */
  public int outstanding() {
    return outstanding.get();
  }

  /** A request is sent there. */
  public void begun() {
    outstanding.incrementAndGet();
  }

  /** It is over, one way or the other. */
  public void ended() {
    outstanding.decrementAndGet();
  }
}
