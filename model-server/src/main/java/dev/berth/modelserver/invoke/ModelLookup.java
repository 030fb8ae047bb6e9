package dev.berth.modelserver.invoke;

import dev.berth.modelserver.model.LoadedModels;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.WireHeaders;
import dev.berth.serving.wire.WirePaths;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Finds the model that a request means; throws {@link Refusal} with words when there is none. */
public final class ModelLookup {
  private final LoadedModels models;
  private final BooleanSupplier draining;

  /**
   * Looks among these models.
   *
   * @param draining whether this process is on its way out: it answers, but wants no more
   */
  public ModelLookup(LoadedModels models, BooleanSupplier draining) {
    this.models = models;
    this.draining = draining;
  }

  /** Whether this server wants requests. */
  public boolean ready() {
    return models.ready() && !draining.getAsBoolean();
  }

  /** Why it does not. */
  String unready() {
    return draining.getAsBoolean() ? "this server is stopping" : "models are loading or warming up";
  }

  /** The names of all models, loaded or not. */
  List<String> names() {
    return models.names();
  }

  /**
   * Whether the model of this name is loaded. Throws {@link Refusal}, 404, when there is none such.
   */
  public boolean ready(String name, String version) {
    checkVersion(name, version);
    String known = known(name);
    return !draining.getAsBoolean() && models.named(known).isPresent();
  }

  /** The model that a request names by a header, or the only one. */
  ServedModel invoked(Optional<String> name) {
    requireLoaded();
    if (name.isPresent()) {
      return named(name.get(), "");
    }
    return models
        .only()
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.VALIDATION,
                    "this server has several models; name one by the header "
                        + WireHeaders.TARGET_MODEL
                        + ": "
                        + String.join(", ", models.names())));
  }

  /**
   * The model of this name, which may be {@link WirePaths#ONLY_MODEL}.
   *
   * @param version of the model; empty: whichever is there
   */
  public ServedModel named(String name, String version) {
    requireLoaded();
    checkVersion(name, version);
    return models.named(known(name)).orElseThrow(() -> unknown(name));
  }

  private void checkVersion(String name, String version) {
    if (!version.isEmpty() && !version.equals(ServedModel.VERSION)) {
      throw new Refusal(
          ErrorCode.NOT_FOUND,
          "model '"
              + name
              + "' has no version '"
              + version
              + "' here, only '"
              + ServedModel.VERSION
              + "'");
    }
  }

  private String known(String name) {
    if (name.equals(WirePaths.ONLY_MODEL) && models.names().size() == 1) {
      return models.names().getFirst();
    }
    if (!models.names().contains(name)) {
      throw unknown(name);
    }
    return name;
  }

  private void requireLoaded() {
    if (!models.loaded()) {
      throw new Refusal(ErrorCode.UNAVAILABLE, "models are loading: try again");
    }
  }

  private Refusal unknown(String name) {
    return new Refusal(
        ErrorCode.NOT_FOUND,
        "no model is called '" + name + "' here; there are: " + String.join(", ", models.names()));
  }
}
