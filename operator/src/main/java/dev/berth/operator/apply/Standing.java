package dev.berth.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** What is known to stand in the cluster, without asking it; only objects of ours are known. */
public interface Standing {

  /** The object as last seen; empty proves nothing: it may be new, or a stranger's. */
  <T extends HasMetadata> Optional<T> find(Class<T> type, String namespace, String name);

  /**
   * The cluster answered with this: known before any watch tells of it.
   *
   * @param before what was found before the cluster was asked; where something newer than both is
   *     known by now, that stays
   */
  <T extends HasMetadata> void remember(Optional<T> before, T now);
}
