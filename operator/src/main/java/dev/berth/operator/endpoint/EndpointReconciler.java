package dev.berth.operator.endpoint;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointStatus;
import dev.berth.operator.apply.Applier;
import dev.berth.operator.apply.Writes;
import dev.berth.operator.gather.EndpointViews;
import dev.berth.operator.gather.ModelReports;
import dev.berth.operator.gather.Watched;
import dev.berth.operator.report.EventRecorder;
import dev.berth.operator.report.StatusReporter;
import dev.berth.operator.report.Trouble;
import dev.berth.operator.settings.OperatorSettings;
import dev.berth.planner.EndpointPlan;
import dev.berth.planner.Fleet;
import dev.berth.planner.PlannedEvent;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes Endpoints so. */
public final class EndpointReconciler implements Reconciler<Endpoint>, Cleaner<Endpoint> {

  private static final Logger LOG = LoggerFactory.getLogger(EndpointReconciler.class);

  /** After someone else's write came between: soon, for the watch has it in a moment. */
  private static final Duration AFTER_CONFLICT = Duration.ofMillis(200);

  private final OperatorSettings settings;
  private final Clock clock;
  private final Writes writes;
  private final ModelReports reports;
  private final StatusReporter status;
  private final EventRecorder events;
  private final AtomicReference<Watched> watched = new AtomicReference<>();
  private final AtomicReference<EndpointPass> pass = new AtomicReference<>();

  public EndpointReconciler(
      OperatorSettings settings,
      Clock clock,
      Writes writes,
      ModelReports reports,
      EventRecorder events) {
    this.settings = settings;
    this.clock = clock;
    this.writes = writes;
    this.reports = reports;
    this.status = new StatusReporter(writes);
    this.events = events;
  }

  /**
   * What this controller watches, for the controllers of Models and EndpointConfigs; empty until
   * filled.
   */
  public Optional<Watched> watched() {
    return Optional.ofNullable(watched.get()).filter(Watched::ready);
  }

  @Override
  public List<EventSource<?, Endpoint>> prepareEventSources(EventSourceContext<Endpoint> context) {
    Watched watches = new Watched(context);
    Applier applier = new Applier(context.getClient(), watches, writes);
    EndpointViews views = new EndpointViews(watches, reports, settings.serverImage(), clock);
    pass.set(
        new EndpointPass(
            new EndpointParts(context.getClient(), watches, views, applier, writes), settings));
    watched.set(watches);
    return watches.eventSources();
  }

  @Override
  public UpdateControl<Endpoint> reconcile(Endpoint endpoint, Context<Endpoint> context) {
    EndpointPlan plan = run(endpoint, context);
    UpdateControl<Endpoint> control = UpdateControl.noUpdate();
    return plan.lookAgain().map(control::rescheduleAfter).orElse(control);
  }

  @Override
  public DeleteControl cleanup(Endpoint endpoint, Context<Endpoint> context) {
    EndpointPlan plan = run(endpoint, context);
    if (plan.released()) {
      return DeleteControl.defaultDelete();
    }
    DeleteControl control = DeleteControl.noFinalizerRemoval();
    return plan.lookAgain().map(delay -> control.rescheduleAfter(delay.toMillis())).orElse(control);
  }

  /** Status before Events: a plan by an old resource is refused there, and then tells nothing. */
  private EndpointPlan run(Endpoint endpoint, Context<Endpoint> context) {
    EndpointPlan plan = pass.get().run(endpoint);
    LOG.debug(
        "at version {}: {}; fleets {}, kept {}; looks again {}",
        endpoint.getMetadata().getResourceVersion(),
        progress(plan.status()),
        plan.fleets().stream().map(Fleet::name).toList(),
        plan.keep(),
        plan.lookAgain().map(Duration::toString).orElse("when something happens"));
    if (!plan.released()) {
      status.report(endpoint, plan.status(), new Endpoint(), context);
    }
    events.record(endpoint, plan.events());
    return plan;
  }

  private static String progress(EndpointStatus status) {
    return status.conditions().stream()
        .filter(is -> is.type().equals("Progressing"))
        .map(is -> status.phase() + ", " + is.message())
        .findFirst()
        .orElse(String.valueOf(status.phase()));
  }

  @Override
  public ErrorStatusUpdateControl<Endpoint> updateErrorStatus(
      Endpoint endpoint, Context<Endpoint> context, Exception cause) {
    if (Trouble.isConflict(cause)) {
      return ErrorStatusUpdateControl.<Endpoint>noStatusUpdate().rescheduleAfter(AFTER_CONFLICT);
    }
    Trouble trouble = Trouble.of(cause);
    trouble
        .in(endpoint.getStatus(), endpoint.getMetadata().getGeneration(), clock.instant())
        .ifPresent(
            told -> {
              PlannedEvent event =
                  new PlannedEvent(
                      PlannedEvent.Severity.Warning, trouble.reason(), trouble.message());
              status.report(endpoint, told, new Endpoint(), context);
              events.record(endpoint, List.of(event));
            });
    return ErrorStatusUpdateControl.noStatusUpdate();
  }
}
