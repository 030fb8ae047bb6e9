package dev.berth.operator.gather;

import dev.berth.api.EndpointRoute;
import dev.berth.operator.render.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/**
 * The API server's own word. A cache may lag or lose an entry for a moment, so what a cache does
 * not show is no reason to take something away; this is asked before.
 */
public record LiveWorld(KubernetesClient client) implements World {

  @Override
  public List<Deployment> fleets(String namespace, String endpoint) {
    return client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withLabel(Labels.MANAGED_BY, Labels.BERTH)
        .withLabel(Labels.ENDPOINT, endpoint)
        .list()
        .getItems();
  }

  @Override
  public List<Pod> servers(String namespace, String endpoint) {
    return pods(namespace, Labels.ENDPOINT, endpoint);
  }

  @Override
  public List<Pod> routers(String namespace) {
    return pods(namespace, Labels.COMPONENT, Labels.ROUTER);
  }

  private List<Pod> pods(String namespace, String label, String value) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel(Labels.MANAGED_BY, Labels.BERTH)
        .withLabel(label, value)
        .list()
        .getItems();
  }

  @Override
  public Optional<EndpointRoute> route(String namespace, String endpoint) {
    return Optional.ofNullable(
        client.resources(EndpointRoute.class).inNamespace(namespace).withName(endpoint).get());
  }
}
