package dev.berth.router.metrics;

/** What tells one fleet's series from another's. */
public record FleetLabels(String endpoint, String variant, String revision) {
  String[] values() {
    return new String[] {endpoint, variant, revision};
  }
}
