package dev.berth.modelserver.model;

import dev.berth.modelserver.config.ServerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models of this process, by name. Read by every request; changed while loading only. */
public final class LoadedModels {
  private final List<String> expected;
  private volatile Map<String, ServedModel> models = Map.of();
  private volatile boolean warm;

  /** None is loaded yet of those that the configuration names. */
  public LoadedModels(ServerConfig config) {
    this.expected = config.models().stream().map(model -> model.name()).toList();
  }

  /** Lets a model in, or one that is known better in the place of itself. */
  public synchronized void add(ServedModel model) {
    Map<String, ServedModel> more = new LinkedHashMap<>(models);
    more.put(model.facts().name(), model);
    models = more;
  }

  /** All that are loaded have been warmed up. */
  public void warm() {
    warm = true;
  }

  /** Whether every model is loaded: they answer. */
  public boolean loaded() {
    return models.size() == expected.size();
  }

  /** Whether every model is loaded and warm: they answer as fast as ever. */
  public boolean ready() {
    return warm && loaded();
  }

  /** The names of all models, loaded or not, in the order of the configuration. */
  public List<String> names() {
    return expected;
  }

  /** How many are loaded. */
  public int count() {
    return models.size();
  }

  /** The loaded model of this name. */
  public Optional<ServedModel> named(String name) {
    return Optional.ofNullable(models.get(name));
  }

  /**
   * The model of a server that has only one; empty while it is not loaded, and when there are
   * several.
   */
  public Optional<ServedModel> only() {
    return expected.size() == 1 ? named(expected.getFirst()) : Optional.empty();
  }
}
