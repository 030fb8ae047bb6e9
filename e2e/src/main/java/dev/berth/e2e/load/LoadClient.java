package dev.berth.e2e.load;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a steady load until it is closed. A request is sent once: whatever goes wrong after the
 * first byte was written, or while connecting, counts as a failure.
 */
public final class LoadClient implements AutoCloseable {
  private final LoadPlan plan;
  private final byte[] request;
  private final Ledger ledger = new Ledger();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();

  private LoadClient(LoadPlan plan) {
    this.plan = plan;
    this.request = plan.request();
  }

  /** Starts {@code plan.connections()} connections at once. */
  public static LoadClient start(LoadPlan plan) {
    LoadClient client = new LoadClient(plan);
    for (int i = 0; i < plan.connections(); i++) {
      client.threads.add(Thread.ofPlatform().name("load-" + i).daemon().start(client::run));
    }
    return client;
  }

  /** What came back until now. */
  public LoadReport report() {
    return ledger.report();
  }

  /** Stops sending, waits for the answers that are due and says what came back. */
  public LoadReport stop() {
    close();
    return report();
  }

  private void run() {
    Connection connection = null;
    while (!stopped.get()) {
      Instant asked = Instant.now();
      long start = System.nanoTime();
      try {
        if (connection == null) {
          connection = Connection.open(plan.target());
        }
        Answer answer = connection.ask(request);
        ledger.answered(asked, System.nanoTime() - start, answer);
        connection = answer.close() ? dropped(connection) : connection;
      } catch (IOException | NumberFormatException e) {
        ledger.lost(asked, e + (connection == null ? " while connecting" : ""));
        connection = dropped(connection);
      }
      LockSupport.parkNanos(plan.pause().toNanos());
    }
    dropped(connection);
  }

  private static Connection dropped(Connection connection) {
    if (connection != null) {
      connection.close();
    }
    return null;
  }

  @Override
  public void close() {
    stopped.set(true);
    for (Thread thread : threads) {
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
