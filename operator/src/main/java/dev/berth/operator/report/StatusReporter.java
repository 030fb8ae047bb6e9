package dev.berth.operator.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.operator.apply.Applier;
import dev.berth.operator.apply.Writes;
import dev.berth.operator.render.Json;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/**
 * Writes a status when it differs from what stands.
 *
 * <p>It is applied whole, by a fresh object, so that what it no longer says goes; and under the
 * lock of the resource that was planned for, because a plan by an older status must not overwrite a
 * newer step of an update.
 */
public final class StatusReporter {

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Applier.FIELD_MANAGER)
          .withForce(true)
          .build();

  private final Writes writes;

  public StatusReporter(Writes writes) {
    this.writes = writes;
  }

  /**
   * Reports {@code status} of {@code primary}.
   *
   * @param fresh an empty resource of the primary's kind
   * @throws io.fabric8.kubernetes.client.KubernetesClientException with code 409 when the primary
   *     was not the newest
   */
  public <S, P extends CustomResource<?, S>> void report(
      P primary, S status, P fresh, Context<P> context) {
    if (same(primary.getStatus(), status)) {
      return;
    }
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(primary.getMetadata().getName())
            .withNamespace(primary.getMetadata().getNamespace())
            .withResourceVersion(primary.getMetadata().getResourceVersion())
            .build());
    fresh.setStatus(status);
    P now = context.getClient().resource(fresh).subresource("status").patch(APPLY);
    writes.wrote(primary.getKind(), "status");
    // The next plan must not start from the status that this one replaced.
    context
        .eventSourceRetriever()
        .getControllerEventSource()
        .handleRecentResourceUpdate(ResourceID.fromResource(primary), now, primary);
  }

  private static boolean same(Object before, Object now) {
    return before != null && trimmed(Json.tree(before)).equals(trimmed(Json.tree(now)));
  }

  /** An empty list and no list say the same. */
  private static JsonNode trimmed(JsonNode node) {
    if (node.isObject()) {
      var fields = node.properties().iterator();
      while (fields.hasNext()) {
        JsonNode field = trimmed(fields.next().getValue());
        if (field.isContainerNode() && field.isEmpty()) {
          fields.remove();
        }
      }
    } else {
      node.forEach(StatusReporter::trimmed);
    }
    return node;
  }
}
