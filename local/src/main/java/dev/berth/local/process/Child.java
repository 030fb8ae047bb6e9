package dev.berth.local.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One running program. A virtual thread of its own asks it whether it is ready and tells when that
 * changes or it ends.
 */
final class Child {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration WHILE_STARTING = Duration.ofMillis(40);
  private static final Duration WHILE_READY = Duration.ofSeconds(1);

  /** A server this long without an answer, after it had answered, is hung and is killed. */
  private static final Duration HUNG = Duration.ofSeconds(60);

  /** Ports that the program chose. */
  record Ports(int data, int admin) {}

  /**
   * What to ask.
   *
   * @param onAdminPort or on the data port
   * @param path answers 200 when the program is ready
   */
  record Probe(boolean onAdminPort, String path) {}

  private final Process process;
  private final Path portFile;
  private final Probe probe;
  private final Runnable changed;
  private final long startedNanos = System.nanoTime();
  private volatile Ports ports;
  private volatile boolean ready;
  private volatile boolean everReady;
  private volatile boolean stopping;

  Child(Process process, Path portFile, Probe probe, Runnable changed) {
    this.process = process;
    this.portFile = portFile;
    this.probe = probe;
    this.changed = changed;
    Thread.ofVirtual().name("probe-" + process.pid()).start(this::watch);
  }

  boolean alive() {
    return process.isAlive();
  }

  boolean ready() {
    return ready && process.isAlive();
  }

  boolean everReady() {
    return everReady;
  }

  boolean stopping() {
    return stopping;
  }

  int exitCode() {
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  Optional<Ports> ports() {
    return Optional.ofNullable(ports);
  }

  /** Asks it to end: it finishes what it is doing. */
  void stop() {
    stopping = true;
    process.destroy();
  }

  void kill() {
    stopping = true;
    process.destroyForcibly();
  }

  /** Waits for its end. Returns whether it came within {@code limit}. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void watch() {
    long answered = System.nanoTime();
    try {
      while (!awaitEnd(ready ? WHILE_READY : WHILE_STARTING)) {
        boolean now = ask();
        if (now) {
          answered = System.nanoTime();
        } else if (everReady && !stopping && System.nanoTime() - answered > HUNG.toNanos()) {
          process.destroyForcibly();
        }
        if (now != ready) {
          ready = now;
          everReady |= now;
          changed.run();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    ready = false;
    changed.run();
  }

  private boolean ask() {
    if (ports == null) {
      ports = readPorts();
    }
    Ports known = ports;
    return known != null
        && Loopback.answers200(probe.onAdminPort() ? known.admin() : known.data(), probe.path());
  }

  private Ports readPorts() {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(portFile));
      return json.hasNonNull("port") && json.hasNonNull("adminPort")
          ? new Ports(json.get("port").asInt(), json.get("adminPort").asInt())
          : null;
    } catch (IOException _) {
      // Not there yet, or half written: asked again in a moment.
      return null;
    }
  }
}
