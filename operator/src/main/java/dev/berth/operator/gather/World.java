package dev.berth.operator.gather;

import dev.berth.api.EndpointRoute;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/** Where the children of an Endpoint are looked up: in the watches' caches, or live. */
public interface World {

  List<Deployment> fleets(String namespace, String endpoint);

  List<Pod> servers(String namespace, String endpoint);

  List<Pod> routers(String namespace);

  Optional<EndpointRoute> route(String namespace, String endpoint);
}
