package dev.berth.router.kubernetes;

import dev.berth.router.metrics.RouterMetrics;
import dev.berth.router.table.Pulse;
import dev.berth.router.table.RouteSource;
import dev.berth.router.table.Switchboard;
import dev.berth.serving.route.InvalidRouteTableException;
import dev.berth.serving.route.Route;
import dev.berth.serving.route.RouteTable;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the EndpointRoutes and EndpointSlices of one namespace. Whatever changes, the whole table
 * is made anew from what is known, a moment later, so that a burst of events is one table.
 */
public final class KubernetesSource implements RouteSource {
  private static final Logger log = LoggerFactory.getLogger(KubernetesSource.class);

  private static final long BURST_MILLIS = 5;

  /** Also without events: a held route comes due, and a lost acknowledgement is seen. */
  private static final long PERIOD_MILLIS = 500;

  /** How long an acknowledgement may take to come back to us by the watch. */
  private static final long ACKNOWLEDGED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);

  private record Sent(long generation, long nanos) {}

  private final String router;
  private final Switchboard switchboard;
  private final RouterMetrics metrics;
  private final Acknowledger acknowledger;
  private final SharedIndexInformer<GenericKubernetesResource> routes;
  private final SharedIndexInformer<EndpointSlice> slices;
  private final ScheduledExecutorService assembler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("table-kubernetes").factory());
  private final Pulse pulse = new Pulse(System.nanoTime());
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final RouteHold hold = new RouteHold();
  private final Map<String, Route> lastGood = new HashMap<>();
  private final Map<String, Sent> sent = new HashMap<>();
  private final Map<String, String> faults = new HashMap<>();
  private RouteTable taken = RouteTable.EMPTY;

  KubernetesSource(
      KubernetesClient client,
      String namespace,
      Identity identity,
      Switchboard switchboard,
      RouterMetrics metrics) {
    this.router = identity.router();
    this.switchboard = switchboard;
    this.metrics = metrics;
    this.acknowledger = new Acknowledger(identity.acknowledgement());
    routes =
        client
            .genericKubernetesResources(EndpointRoutes.RESOURCE)
            .inNamespace(namespace)
            .runnableInformer(0);
    slices =
        client
            .discovery()
            .v1()
            .endpointSlices()
            .inNamespace(namespace)
            .withLabel(ServiceAddresses.SERVICE_LABEL)
            .runnableInformer(0);
  }

  /** Under which name this router acknowledges, and how. */
  record Identity(String router, Acknowledgement acknowledgement) {}

  /** Follows a namespace until closed; an API server that is not there yet is waited for. */
  public static KubernetesSource follow(
      KubernetesClient client,
      String namespace,
      String router,
      Switchboard switchboard,
      RouterMetrics metrics) {
    var identity =
        new Identity(router, new StatusAcknowledgement(client, router, Clock.systemUTC()));
    KubernetesSource source =
        new KubernetesSource(client, namespace, identity, switchboard, metrics);
    source.start();
    log.info("following the EndpointRoutes of namespace {} as router {}", namespace, router);
    return source;
  }

  void start() {
    start(routes);
    start(slices);
    var _ =
        assembler.scheduleWithFixedDelay(
            this::assemble, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean alive(long nowNanos) {
    return pulse.beats(nowNanos);
  }

  @Override
  public void close() {
    routes.stop();
    slices.stop();
    assembler.shutdownNow();
    acknowledger.close();
  }

  private <T> void start(SharedIndexInformer<T> informer) {
    informer
        .exceptionHandler(
            (_, cause) -> {
              log.warn("watch of {} lost, trying again: {}", informer, cause.getMessage());
              return true;
            })
        .addEventHandler(new Changes<>());
    var _ = informer.start();
  }

  private void changed() {
    if (scheduled.compareAndSet(false, true)) {
      var _ = assembler.schedule(this::assemble, BURST_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void assemble() {
    pulse.beat(System.nanoTime());
    scheduled.set(false);
    try {
      if (routes.hasSynced() && slices.hasSynced()) {
        assembleFrom(routes.getStore().list(), new ServiceAddresses(slices.getStore().list()));
      }
    } catch (RuntimeException e) {
      // The schedule would end with the exception, and nothing be followed any more.
      log.error("the route table could not be made", e);
    }
  }

  private void assembleFrom(List<GenericKubernetesResource> resources, ServiceAddresses addresses) {
    List<Route> wanted = new ArrayList<>();
    for (GenericKubernetesResource resource : resources) {
      read(resource, wanted);
    }
    lastGood.keySet().retainAll(resources.stream().map(KubernetesSource::name).toList());
    RouteTable table = new RouteTable(hold.decide(wanted, addresses, System.nanoTime()));
    if (!table.equals(taken) || !switchboard.loaded()) {
      switchboard.take(table);
      taken = table;
    }
    acknowledge(resources);
  }

  /** A route that cannot be obeyed is served as it was before; the others are not its victims. */
  private void read(GenericKubernetesResource resource, List<Route> wanted) {
    String name = name(resource);
    try {
      lastGood.put(name, EndpointRoutes.wanted(resource));
      faults.remove(name);
    } catch (InvalidRouteTableException e) {
      if (!e.getMessage().equals(faults.put(name, e.getMessage()))) {
        metrics.tableRejected();
        log.warn("EndpointRoute {} not taken: {}", name, e.getMessage());
      }
    }
    if (lastGood.containsKey(name)) {
      wanted.add(lastGood.get(name));
    }
  }

  private void acknowledge(List<GenericKubernetesResource> resources) {
    Map<String, GenericKubernetesResource> byName = new HashMap<>();
    resources.forEach(resource -> byName.put(name(resource), resource));
    sent.keySet().retainAll(byName.keySet());
    for (Route route : taken.routes()) {
      var known = EndpointRoutes.acknowledged(byName.get(route.endpoint()), router);
      Sent last = sent.get(route.endpoint());
      boolean onItsWay =
          last != null
              && last.generation() == route.generation()
              && System.nanoTime() - last.nanos() < ACKNOWLEDGED_AFTER_NANOS;
      if (known.orElse(-1) != route.generation() && !onItsWay) {
        sent.put(route.endpoint(), new Sent(route.generation(), System.nanoTime()));
        acknowledger.serves(route);
      }
    }
  }

  private static String name(GenericKubernetesResource resource) {
    return resource.getMetadata().getName();
  }

  /** Every event means the same: look again. */
  private final class Changes<T> implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T added) {
      changed();
    }

    @Override
    public void onUpdate(T before, T after) {
      changed();
    }

    @Override
    public void onDelete(T deleted, boolean unknownFinalState) {
      changed();
    }
  }
}
