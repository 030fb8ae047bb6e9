package dev.berth.operator.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.operator.render.Json;
import dev.berth.operator.render.VariantDeployment;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes objects stand as they were rendered.
 *
 * <p>What is absent is created, never applied: only a create fails when a stranger's object has the
 * name. What stands is applied over (server-side, our field manager, by force) when it was rendered
 * differently or when someone else changed a field of ours, under the lock of the uid and
 * resourceVersion that were judged. What stands as it should costs no call at all.
 */
public final class Applier {

  public static final String FIELD_MANAGER = "berth";

  /** Annotation: hash of the object as it was last applied. */
  static final String APPLIED = "berth.dev/applied";

  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FIELD_MANAGER)
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final Standing standing;
  private final Writes writes;

  public Applier(KubernetesClient client, Standing standing, Writes writes) {
    this.client = client;
    this.standing = standing;
    this.writes = writes;
  }

  /** What became of an object. */
  public enum Outcome {
    UNCHANGED,
    WRITTEN,
    /** A stranger's object has its name. */
    TAKEN
  }

  /**
   * Whether a stranger's object has the name; asks the cluster only if we know no object of ours.
   */
  public boolean taken(HasMetadata desired) {
    HasMetadata live = known(desired).orElseGet(() -> client.resource(desired).get());
    return live != null && !Ownership.ours(live, desired);
  }

  /** Applies a fleet's object; see {@link VariantDeployment#next} for its Deployment. */
  public Outcome applyFleet(HasMetadata desired, boolean autoscaled) {
    return switch (desired) {
      case Deployment first ->
          apply(first, live -> VariantDeployment.next(first, (Deployment) live, autoscaled));
      // Its data are immutable: made once with the fleet, whatever a later release would write.
      case ConfigMap once ->
          apply(
              once,
              live -> new ConfigMapBuilder(once).withData(((ConfigMap) live).getData()).build());
      default -> apply(desired);
    };
  }

  public Outcome apply(HasMetadata desired) {
    return apply(desired, live -> desired);
  }

  /** How to write over what stands. */
  @FunctionalInterface
  private interface Next {
    HasMetadata over(HasMetadata live);
  }

  private Outcome apply(HasMetadata first, Next next) {
    Optional<HasMetadata> known = known(first);
    if (known.isEmpty() && created(first)) {
      return Outcome.WRITTEN;
    }
    HasMetadata live = known.orElseGet(() -> client.resource(first).get());
    if (live == null) {
      throw new KubernetesClientException(
          first.getKind() + " " + first.getMetadata().getName() + " came and went", CONFLICT, null);
    }
    if (!Ownership.ours(live, first)) {
      return Outcome.TAKEN;
    }
    HasMetadata desired = next.over(live);
    if (live.isMarkedForDeletion() || stands(live, desired)) {
      return Outcome.UNCHANGED;
    }
    return update(first, next, known);
  }

  private boolean created(HasMetadata first) {
    try {
      HasMetadata now = client.resource(stamped(first)).create();
      writes.wrote(first.getKind(), "create");
      standing.remember(Optional.empty(), now);
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Judges once more by what stands now, and writes over exactly that.
   *
   * @param known what was known before any call: what is remembered afterwards takes its place, and
   *     not that of something newer that the watch has brought meanwhile, such as a router's word
   */
  private Outcome update(HasMetadata first, Next next, Optional<HasMetadata> known) {
    HasMetadata live = client.resource(first).get();
    if (live == null) {
      return created(first) ? Outcome.WRITTEN : Outcome.TAKEN;
    }
    if (!Ownership.ours(live, first)) {
      return Outcome.TAKEN;
    }
    HasMetadata desired = next.over(live);
    if (live.isMarkedForDeletion() || stands(live, desired)) {
      standing.remember(known, live);
      return Outcome.UNCHANGED;
    }
    boolean keepReplicas = !(desired instanceof Deployment d) || d.getSpec().getReplicas() != null;
    if (new CreatedFields(client, writes).toApplied(live, keepReplicas)) {
      live = client.resource(first).get();
    }
    HasMetadata locked = stamped(desired);
    locked.getMetadata().setUid(live.getMetadata().getUid());
    locked.getMetadata().setResourceVersion(live.getMetadata().getResourceVersion());
    HasMetadata now = client.resource(locked).patch(APPLY);
    writes.wrote(first.getKind(), "apply");
    standing.remember(known, now);
    return Outcome.WRITTEN;
  }

  /**
   * Removes an object that belongs to the Endpoint with this uid, and no other that has its name.
   */
  public void remove(HasMetadata live, String ownerUid) {
    if (!Ownership.belongsTo(live, ownerUid) || live.isMarkedForDeletion()) {
      return;
    }
    try {
      client.raw(
          ApiPath.of(live),
          "DELETE",
          new DeleteOptionsBuilder()
              .withApiVersion("v1")
              .withKind("DeleteOptions")
              .withNewPreconditions()
              .withUid(live.getMetadata().getUid())
              .endPreconditions()
              .withPropagationPolicy(DeletionPropagation.BACKGROUND.toString())
              .build());
      writes.wrote(live.getKind(), "delete");
    } catch (KubernetesClientException e) {
      // Gone already, or replaced by another object of the name: the watch will tell.
      if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
        throw e;
      }
    }
  }

  private boolean stands(HasMetadata live, HasMetadata desired) {
    HasMetadata stamped = stamped(desired);
    String last = annotations(live).get(APPLIED);
    return annotations(stamped).get(APPLIED).equals(last)
        && Drift.covers(tree(live), tree(stamped));
  }

  private HasMetadata stamped(HasMetadata desired) {
    HasMetadata stamped = client.getKubernetesSerialization().clone(desired);
    Map<String, String> annotations = new LinkedHashMap<>(annotations(desired));
    annotations.remove(APPLIED);
    stamped.getMetadata().setAnnotations(annotations);
    annotations.put(APPLIED, Json.hash(tree(stamped)));
    return stamped;
  }

  /** As it is written: without status, which is others' to say. */
  private JsonNode tree(HasMetadata object) {
    ObjectNode tree = client.getKubernetesSerialization().convertValue(object, ObjectNode.class);
    tree.remove("status");
    return tree;
  }

  private Optional<HasMetadata> known(HasMetadata object) {
    return standing
        .find(
            object.getClass(), object.getMetadata().getNamespace(), object.getMetadata().getName())
        .map(HasMetadata.class::cast);
  }

  private static Map<String, String> annotations(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }
}
