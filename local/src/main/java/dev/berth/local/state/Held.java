package dev.berth.local.state;

import dev.berth.local.manifest.ResourceKey;
import dev.berth.local.manifest.Source;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;

/**
 * A resource as an API server would hold it.
 *
 * @param taken as the folder said it last; shared, never changed
 * @param uid its identity, from when it was first seen
 * @param created when that was, RFC 3339
 * @param deleted when its document went, RFC 3339; null while it is there
 * @param status what was last reported, or null
 * @param source where it stands, or stood
 */
record Held(
    ResourceKey key,
    CustomResource<?, ?> taken,
    String uid,
    String created,
    String deleted,
    Object status,
    Source source) {

  Held taken(CustomResource<?, ?> fresh, Source where) {
    return new Held(key, fresh, uid, created, deleted, status, where);
  }

  Held deleted(String when) {
    return new Held(key, taken, uid, created, when, status, source);
  }

  Held reported(Object fresh) {
    return new Held(key, taken, uid, created, deleted, fresh, source);
  }

  /** Metadata with what the shell knows beside the manifest. */
  ObjectMeta metadata() {
    return new ObjectMetaBuilder(taken.getMetadata())
        .withUid(uid)
        .withCreationTimestamp(created)
        .withDeletionTimestamp(deleted)
        .build();
  }
}
