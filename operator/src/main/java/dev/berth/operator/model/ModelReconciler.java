package dev.berth.operator.model;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.Model;
import dev.berth.api.ModelStatus;
import dev.berth.operator.gather.FleetObserver;
import dev.berth.operator.gather.References;
import dev.berth.operator.gather.Users;
import dev.berth.operator.gather.Watched;
import dev.berth.operator.render.Labels;
import dev.berth.operator.report.EventRecorder;
import dev.berth.operator.report.StatusReporter;
import dev.berth.operator.report.Trouble;
import dev.berth.planner.ObservedFleet;
import dev.berth.planner.Planner;
import dev.berth.planner.ReferencePlan;
import dev.berth.planner.ReferenceView.ModelView;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Says how Models are. */
public final class ModelReconciler implements Reconciler<Model>, Cleaner<Model> {

  private static final Duration SOON = Duration.ofMillis(500);

  private final Supplier<Optional<Watched>> fleets;
  private final Clock clock;
  private final StatusReporter status;
  private final EventRecorder events;
  private final AtomicReference<InformerEventSource<EndpointConfig, Model>> configs =
      new AtomicReference<>();
  private final AtomicReference<InformerEventSource<Endpoint, Model>> endpoints =
      new AtomicReference<>();

  /** {@code fleets} are the Endpoints' watches, empty until they are filled. */
  public ModelReconciler(
      Supplier<Optional<Watched>> fleets,
      Clock clock,
      StatusReporter status,
      EventRecorder events) {
    this.fleets = fleets;
    this.clock = clock;
    this.status = status;
    this.events = events;
  }

  @Override
  public List<EventSource<?, Model>> prepareEventSources(EventSourceContext<Model> context) {
    configs.set(
        Users.watch(
            context, EndpointConfig.class, config -> Users.ids(References.models(config), config)));
    endpoints.set(
        Users.watch(
            context,
            Endpoint.class,
            endpoint ->
                Users.ids(
                    Users.models(endpoint, configs(endpoint.getMetadata().getNamespace())),
                    endpoint)));
    return List.of(configs.get(), endpoints.get());
  }

  private List<EndpointConfig> configs(String namespace) {
    return configs.get().list(namespace, config -> true).toList();
  }

  @Override
  public UpdateControl<Model> reconcile(Model model, Context<Model> context) {
    Optional<Watched> watched = fleets.get();
    UpdateControl<Model> control = UpdateControl.noUpdate();
    if (watched.isEmpty()) {
      return control.rescheduleAfter(SOON);
    }
    List<Endpoint> known =
        endpoints.get().list(model.getMetadata().getNamespace(), e -> true).toList();
    tell(model, plan(model, known, watched.get()), context);
    return control;
  }

  @Override
  public DeleteControl cleanup(Model model, Context<Model> context) {
    Optional<Watched> watched = fleets.get();
    if (watched.isEmpty()) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(SOON.toMillis());
    }
    // Asked live: an Endpoint that the cache does not show is no reason to let the Model go.
    KubernetesClient client = context.getClient();
    String namespace = model.getMetadata().getNamespace();
    List<Endpoint> known =
        client.resources(Endpoint.class).inNamespace(namespace).list().getItems();
    ReferencePlan<ModelStatus> plan = plan(model, known, watched.get());
    if (plan.released()) {
      return DeleteControl.defaultDelete();
    }
    tell(model, plan, context);
    return DeleteControl.noFinalizerRemoval();
  }

  private void tell(Model model, ReferencePlan<ModelStatus> plan, Context<Model> context) {
    status.report(model, plan.status(), new Model(), context);
    events.record(model, plan.events());
  }

  private ReferencePlan<ModelStatus> plan(
      Model model, Collection<Endpoint> known, Watched watched) {
    String namespace = model.getMetadata().getNamespace();
    String name = model.getMetadata().getName();
    List<EndpointConfig> all = configs(namespace);
    List<Endpoint> users =
        known.stream().filter(endpoint -> Users.models(endpoint, all).contains(name)).toList();
    List<ObservedFleet> observed =
        users.stream().flatMap(user -> fleets(watched, user, name).stream()).toList();
    return Planner.plan(new ModelView(model, all, Users.names(users), observed, clock.instant()));
  }

  private static List<ObservedFleet> fleets(Watched watched, Endpoint user, String model) {
    String namespace = user.getMetadata().getNamespace();
    String endpoint = user.getMetadata().getName();
    return watched.fleets(namespace, endpoint).stream()
        .filter(
            fleet ->
                fleet.getMetadata().getAnnotations() != null
                    && model.equals(fleet.getMetadata().getAnnotations().get(Labels.MODEL)))
        .map(fleet -> FleetObserver.of(fleet, watched.servers(namespace, endpoint)))
        .toList();
  }

  @Override
  public ErrorStatusUpdateControl<Model> updateErrorStatus(
      Model model, Context<Model> context, Exception cause) {
    ErrorStatusUpdateControl<Model> control = ErrorStatusUpdateControl.noStatusUpdate();
    return Trouble.isConflict(cause) ? control.rescheduleAfter(SOON) : control;
  }
}
