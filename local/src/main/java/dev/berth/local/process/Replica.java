package dev.berth.local.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.planner.ObservedFleet.ServerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One place of a fleet: the process in it now, and when the next one may start after a crash. */
final class Replica {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration FIRST_DELAY = Duration.ofMillis(500);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  /** After this long in service a crash is a new one, not the last one again. */
  private static final Duration STEADY = Duration.ofSeconds(10);

  private final int slot;
  private Child child;
  private Path words;
  private ServerFailure failure;
  private int crashes;
  private long notBeforeNanos = System.nanoTime();

  Replica(int slot) {
    this.slot = slot;
  }

  int slot() {
    return slot;
  }

  Optional<Child> child() {
    return Optional.ofNullable(child);
  }

  boolean ready() {
    return child != null && child.ready();
  }

  /** Why it does not serve now, if it does not and said why. */
  Optional<ServerFailure> failure() {
    return ready() ? Optional.empty() : Optional.ofNullable(failure);
  }

  boolean mayStart() {
    return child == null && System.nanoTime() - notBeforeNanos >= 0;
  }

  /** How long until a start is due; empty when a process is there. */
  Optional<Duration> dueIn() {
    return child != null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, notBeforeNanos - System.nanoTime())));
  }

  void started(Child fresh, Path terminationLog) {
    child = fresh;
    words = terminationLog;
  }

  /** It could not even be started; it is tried again after a moment. */
  void notStarted(ServerFailure why) {
    failure = why;
    notBeforeNanos = System.nanoTime() + FIRST_DELAY.toNanos();
  }

  /** What the world looks like may have changed: a start need not wait any longer. */
  void tryNow() {
    if (child == null) {
      notBeforeNanos = System.nanoTime();
    }
  }

  /** Notices the end of the process, and plans the next start. Returns whether there was one. */
  boolean reap(Path log) {
    if (child == null || child.alive()) {
      return false;
    }
    boolean fromService = child.everReady() && child.age().compareTo(STEADY) > 0;
    crashes = fromService ? 0 : crashes + 1;
    failure = lastWords(log);
    Duration wait = failure.permanent() ? LONGEST_DELAY : delay();
    notBeforeNanos = System.nanoTime() + wait.toNanos();
    child = null;
    return true;
  }

  private Duration delay() {
    if (crashes <= 1 && child.everReady()) {
      return Duration.ZERO;
    }
    Duration wait = FIRST_DELAY.multipliedBy(1L << Math.min(crashes, 10));
    return wait.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : wait;
  }

  private ServerFailure lastWords(Path log) {
    try {
      if (Files.exists(words) && Files.size(words) > 0) {
        JsonNode said = JSON.readTree(Files.readAllBytes(words));
        return new ServerFailure(
            said.path("reason").asText("Crashed"),
            said.path("message").asText(),
            said.path("permanent").asBoolean());
      }
    } catch (IOException _) {
      // Half a sentence is no sentence: the log's end says more.
    }
    return new ServerFailure("Crashed", crash(child.exitCode()) + tail(log), false);
  }

  private static String crash(int code) {
    return code > 128
        ? "the model server was ended by signal " + (code - 128)
        : "the model server ended with exit code " + code;
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty() ? "" : "; its log ends with: " + lines.getLast() + " (" + log + ")";
    } catch (IOException _) {
      return "";
    }
  }
}
