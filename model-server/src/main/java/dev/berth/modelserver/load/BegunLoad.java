package dev.berth.modelserver.load;

import dev.berth.modelserver.config.ModelConfig;
import dev.berth.modelserver.failure.LoadFailure;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** A model that is being loaded by a thread of its own, while its process opens ports. */
public final class BegunLoad {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final FutureTask<LoadedModel> load;
  private final Thread thread;

  private BegunLoad(FutureTask<LoadedModel> load, Thread thread) {
    this.load = load;
    this.thread = thread;
  }

  /** Begins to load. */
  public static BegunLoad of(ModelLoader loader, ModelConfig config) {
    FutureTask<LoadedModel> load = new FutureTask<>(() -> loader.load(config));
    return new BegunLoad(load, Thread.ofPlatform().daemon().name("load").start(load));
  }

  /** Waits for the model; see {@link ModelLoader#load}. It is the caller's to close. */
  public LoadedModel await() throws LoadFailure, InterruptedException {
    try {
      return load.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LoadFailure failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException unexpected) {
        throw unexpected;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Nobody waits for it any more: what was fetched goes, now or when a slow fetch ends. */
  public void abandon() {
    thread.interrupt();
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (load.state() == Future.State.SUCCESS) {
      load.resultNow().close();
    }
  }
}
