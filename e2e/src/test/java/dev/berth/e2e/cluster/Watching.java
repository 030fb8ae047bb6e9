package dev.berth.e2e.cluster;

import dev.berth.e2e.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What somebody sees who leaves {@code kubectl get endpoint -w} running. */
final class Watching implements AutoCloseable {
  private final Process kubectl;
  private final Thread reader;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  private Watching(Process kubectl) {
    this.kubectl = kubectl;
    this.reader = Thread.ofPlatform().daemon().start(this::read);
  }

  static Watching of(Story story, String endpoint) {
    try {
      return new Watching(
          new ProcessBuilder(
                  "kubectl",
                  "--namespace",
                  story.namespace(),
                  "get",
                  "endpoints.berth.dev",
                  endpoint,
                  "--watch",
                  "--output-watch-events=false")
              .directory(Checkout.root().toFile())
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader text = kubectl.inputReader()) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("the watch broke: " + e);
    }
  }

  /** All lines so far, the heading first. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    kubectl.destroy();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
