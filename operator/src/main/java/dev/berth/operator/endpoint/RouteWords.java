package dev.berth.operator.endpoint;

import dev.berth.api.EndpointRoute;
import dev.berth.operator.apply.Writes;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes out of a route's status what routers said that no longer exist, or it would only grow. */
final class RouteWords {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final Writes writes;

  RouteWords(KubernetesClient client, Writes writes) {
    this.client = client;
    this.writes = writes;
  }

  void prune(EndpointRoute route, List<Pod> routers) {
    if (route.getStatus() == null || route.getStatus().routers() == null) {
      return;
    }
    Set<String> known =
        routers.stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
    Map<String, Object> gone = new HashMap<>();
    for (String router : route.getStatus().routers().keySet()) {
      // A new router may have spoken before our watch showed its pod.
      if (!known.contains(router) && !exists(route.getMetadata().getNamespace(), router)) {
        gone.put(router, null);
      }
    }
    if (!gone.isEmpty()) {
      client
          .resource(route)
          .subresource("status")
          .patch(MERGE, text(Map.of("status", Map.of("routers", gone))));
      writes.wrote("EndpointRoute", "status");
    }
  }

  private String text(Map<String, Object> patch) {
    return client.getKubernetesSerialization().asJson(patch);
  }

  private boolean exists(String namespace, String pod) {
    return client.pods().inNamespace(namespace).withName(pod).get() != null;
  }
}
