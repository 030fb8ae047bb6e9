package dev.berth.operator.config;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointConfigStatus;
import dev.berth.api.Model;
import dev.berth.operator.gather.References;
import dev.berth.operator.gather.Users;
import dev.berth.operator.report.EventRecorder;
import dev.berth.operator.report.StatusReporter;
import dev.berth.operator.report.Trouble;
import dev.berth.planner.Planner;
import dev.berth.planner.ReferencePlan;
import dev.berth.planner.ReferenceView.EndpointConfigView;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Says how EndpointConfigs are. */
public final class EndpointConfigReconciler
    implements Reconciler<EndpointConfig>, Cleaner<EndpointConfig> {

  private static final Duration SOON = Duration.ofMillis(500);

  private final Clock clock;
  private final StatusReporter status;
  private final EventRecorder events;
  private final AtomicReference<InformerEventSource<Model, EndpointConfig>> models =
      new AtomicReference<>();
  private final AtomicReference<InformerEventSource<Endpoint, EndpointConfig>> endpoints =
      new AtomicReference<>();

  public EndpointConfigReconciler(Clock clock, StatusReporter status, EventRecorder events) {
    this.clock = clock;
    this.status = status;
    this.events = events;
  }

  @Override
  public List<EventSource<?, EndpointConfig>> prepareEventSources(
      EventSourceContext<EndpointConfig> context) {
    models.set(
        Users.watch(
            context,
            Model.class,
            model ->
                context
                    .getPrimaryCache()
                    .list(
                        model.getMetadata().getNamespace(),
                        config -> References.models(config).contains(model.getMetadata().getName()))
                    .map(ResourceID::fromResource)
                    .collect(Collectors.toSet())));
    endpoints.set(
        Users.watch(
            context,
            Endpoint.class,
            endpoint -> Users.ids(References.configs(endpoint), endpoint)));
    return List.of(models.get(), endpoints.get());
  }

  @Override
  public UpdateControl<EndpointConfig> reconcile(
      EndpointConfig config, Context<EndpointConfig> context) {
    List<Endpoint> known =
        endpoints.get().list(config.getMetadata().getNamespace(), e -> true).toList();
    tell(config, plan(config, known), context);
    return UpdateControl.noUpdate();
  }

  @Override
  public DeleteControl cleanup(EndpointConfig config, Context<EndpointConfig> context) {
    // Asked live: an Endpoint that the cache does not show is no reason to let the config go.
    List<Endpoint> known =
        context
            .getClient()
            .resources(Endpoint.class)
            .inNamespace(config.getMetadata().getNamespace())
            .list()
            .getItems();
    ReferencePlan<EndpointConfigStatus> plan = plan(config, known);
    if (plan.released()) {
      return DeleteControl.defaultDelete();
    }
    tell(config, plan, context);
    return DeleteControl.noFinalizerRemoval();
  }

  private ReferencePlan<EndpointConfigStatus> plan(
      EndpointConfig config, Collection<Endpoint> known) {
    String name = config.getMetadata().getName();
    List<String> present =
        models
            .get()
            .list(config.getMetadata().getNamespace(), model -> true)
            .map(model -> model.getMetadata().getName())
            .toList();
    List<Endpoint> users =
        known.stream().filter(e -> References.configs(e).contains(name)).toList();
    return Planner.plan(
        new EndpointConfigView(config, present, Users.names(users), clock.instant()));
  }

  private void tell(
      EndpointConfig config,
      ReferencePlan<EndpointConfigStatus> plan,
      Context<EndpointConfig> context) {
    status.report(config, plan.status(), new EndpointConfig(), context);
    events.record(config, plan.events());
  }

  @Override
  public ErrorStatusUpdateControl<EndpointConfig> updateErrorStatus(
      EndpointConfig config, Context<EndpointConfig> context, Exception cause) {
    ErrorStatusUpdateControl<EndpointConfig> control = ErrorStatusUpdateControl.noStatusUpdate();
    return Trouble.isConflict(cause) ? control.rescheduleAfter(SOON) : control;
  }
}
