package dev.berth.router.kubernetes;

import dev.berth.serving.route.Route;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every route is acknowledged once, however long the API server is away; only the
 * newest generation counts.
 */
final class Acknowledger implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Acknowledger.class);
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final Acknowledgement acknowledgement;
  private final Map<String, Route> due = new ConcurrentHashMap<>();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("acknowledge").factory());

  Acknowledger(Acknowledgement acknowledgement) {
    this.acknowledgement = acknowledgement;
  }

  /** The router goes by this route from now on. */
  void serves(Route route) {
    Route before = due.put(name(route), route);
    if (before == null) {
      writer.execute(() -> write(name(route), FIRST_PAUSE_MILLIS));
    }
  }

  @Override
  public void close() {
    writer.shutdownNow();
  }

  private void write(String name, long pauseMillis) {
    Route route = due.get(name);
    try {
      if (!acknowledgement.acknowledge(route)) {
        log.info("route {} is no more", name);
      }
      if (!due.remove(name, route)) {
        write(name, FIRST_PAUSE_MILLIS);
      }
    } catch (RuntimeException e) {
      if (writer.isShutdown()) {
        return;
      }
      log.warn("route {} not acknowledged yet: {}", name, e.getMessage());
      var _ =
          writer.schedule(
              () -> write(name, Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS)),
              pauseMillis,
              TimeUnit.MILLISECONDS);
    }
  }

  private static String name(Route route) {
    return route.namespace() + "/" + route.endpoint();
  }
}
