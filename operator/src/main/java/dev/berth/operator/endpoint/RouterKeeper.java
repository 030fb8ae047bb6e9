package dev.berth.operator.endpoint;

import dev.berth.operator.apply.Applier;
import dev.berth.operator.gather.Watched;
import dev.berth.operator.render.RouterObjects;
import dev.berth.operator.settings.OperatorSettings;
import dev.berth.planner.RouterPlanner;
import dev.berth.planner.RouterView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a namespace's routers, planned from all its Endpoints at once. Any Endpoint's reconcile may
 * ask; one at a time does it.
 */
final class RouterKeeper {

  static final String NAME = RouterObjects.NAME;

  private final Watched watched;
  private final Applier applier;
  private final OperatorSettings settings;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  RouterKeeper(Watched watched, Applier applier, OperatorSettings settings) {
    this.watched = watched;
    this.applier = applier;
    this.settings = settings;
  }

  List<String> taken(String namespace) {
    return objects(namespace).stream().filter(applier::taken).map(EndpointPass::name).toList();
  }

  void keep(String namespace) {
    synchronized (locks.computeIfAbsent(namespace, _ -> new Object())) {
      objects(namespace).forEach(applier::apply);
    }
  }

  private List<HasMetadata> objects(String namespace) {
    RouterView view =
        new RouterView(
            namespace,
            watched.endpoints(namespace),
            settings.routerImage(),
            settings.routerReplicas());
    return RouterObjects.of(RouterPlanner.plan(view), settings.imagePullPolicy());
  }
}
