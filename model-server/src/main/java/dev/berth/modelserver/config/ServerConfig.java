package dev.berth.modelserver.config;

import java.util.List;

/**
 * The models of one process.
 *
 * @param models at least one, names distinct
 */
public record ServerConfig(List<ModelConfig> models) {
  public ServerConfig {
    models = models == null ? List.of() : List.copyOf(models);
  }
}
