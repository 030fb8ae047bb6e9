package dev.berth.planner;

/** An Event on the resource that was planned for. */
public record PlannedEvent(Severity severity, String reason, String message) {

  /** Kubernetes' two kinds of Event. */
  public enum Severity {
    Normal,
    Warning
  }
}
