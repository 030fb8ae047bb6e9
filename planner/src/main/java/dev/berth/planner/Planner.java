package dev.berth.planner;

import dev.berth.api.EndpointConfigStatus;
import dev.berth.api.ModelStatus;
import dev.berth.planner.ReferenceView.EndpointConfigView;
import dev.berth.planner.ReferenceView.ModelView;
import dev.berth.planner.endpoint.EndpointPlanner;
import dev.berth.planner.reference.EndpointConfigPlanner;
import dev.berth.planner.reference.ModelPlanner;

/** The product's decisions, one pure function a resource; both shells start here. */
public final class Planner {
  private Planner() {}

  /** What should run, be routed and be said for an Endpoint. */
  public static EndpointPlan plan(EndpointView view) {
    return EndpointPlanner.plan(view);
  }

  /** What should be said of a Model, and whether it may go. */
  public static ReferencePlan<ModelStatus> plan(ModelView view) {
    return ModelPlanner.plan(view);
  }

  /** What should be said of an EndpointConfig, and whether it may go. */
  public static ReferencePlan<EndpointConfigStatus> plan(EndpointConfigView view) {
    return EndpointConfigPlanner.plan(view);
  }
}
