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
import dev.berth.planner.condition.Conditions;
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

  private EndpointPlan run(Endpoint endpoint, Context<Endpoint> context) {
    EndpointStatus planned = endpoint.getStatus();
    try {
      EndpointPass.Decision decision = pass.get().decide(endpoint);
      EndpointPlan plan = decision.plan();
      LOG.debug("at version {}: {}", endpoint.getMetadata().getResourceVersion(), inShort(plan));
      planned = plan.status();
      pass.get().makeSo(endpoint, decision);
      report(endpoint, plan, context);
      return plan;
    } catch (RuntimeException e) {
      if (!Trouble.isConflict(e)) {
        tell(endpoint, planned, Trouble.of(e), context);
      }
      throw e;
    }
  }

  /** Status before Events: a plan by an old resource is refused there, and then tells nothing. */
  private void report(Endpoint endpoint, EndpointPlan plan, Context<Endpoint> context) {
    if (!plan.released()) {
      status.report(endpoint, plan.status(), new Endpoint(), context);
    }
    events.record(endpoint, plan.events());
  }

  /**
   * What was planned is told too, so that an update which cannot be made so times out like any
   * other.
   */
  private void tell(
      Endpoint endpoint, EndpointStatus planned, Trouble trouble, Context<Endpoint> context) {
    EndpointStatus standing = endpoint.getStatus();
    EndpointStatus told =
        trouble.in(
            planned,
            new Conditions(
                standing == null ? null : standing.conditions(),
                endpoint.getMetadata().getGeneration(),
                clock.instant()));
    status.report(endpoint, told, new Endpoint(), context);
    if (!trouble.standsIn(standing)) {
      events.record(
          endpoint,
          List.of(
              new PlannedEvent(
                  PlannedEvent.Severity.Warning, trouble.reason(), trouble.message())));
    }
  }

  private static String inShort(EndpointPlan plan) {
    return "%s; fleets %s, kept %s; looks again %s"
        .formatted(
            progress(plan.status()),
            plan.fleets().stream().map(Fleet::name).toList(),
            plan.keep(),
            plan.lookAgain().map(Duration::toString).orElse("when something happens"));
  }

  private static String progress(EndpointStatus status) {
    return status.conditions().stream()
        .filter(is -> is.type().equals("Progressing"))
        .map(is -> status.phase() + ", " + is.message())
        .findFirst()
        .orElse(String.valueOf(status.phase()));
  }

  /** What went wrong has been told by {@link #run} already. */
  @Override
  public ErrorStatusUpdateControl<Endpoint> updateErrorStatus(
      Endpoint endpoint, Context<Endpoint> context, Exception cause) {
    ErrorStatusUpdateControl<Endpoint> told = ErrorStatusUpdateControl.noStatusUpdate();
    return Trouble.isConflict(cause) ? told.rescheduleAfter(AFTER_CONFLICT) : told;
  }
}
