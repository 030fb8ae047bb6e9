package dev.berth.local.console;

import dev.berth.api.Condition;
import dev.berth.api.Endpoint;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.VariantStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Endpoints as rows: name, phase, config, revision, ready replicas of each variant, message. */
public final class EndpointTable {
  private static final List<String> HEADER =
      List.of("ENDPOINT", "PHASE", "CONFIG", "REVISION", "READY", "MESSAGE");

  private EndpointTable() {}

  /** The table's lines, header first. */
  public static List<String> lines(List<Endpoint> endpoints) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    endpoints.forEach(endpoint -> rows.add(row(endpoint)));
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  /** Whether it serves what its spec asks for, with a ready server for each variant. */
  public static boolean inService(Endpoint endpoint) {
    EndpointStatus status = endpoint.getStatus();
    return status != null
        && status.phase() == EndpointStatus.Phase.InService
        && endpoint.getMetadata().getGeneration().equals(status.observedGeneration())
        && ready(status).filter(condition -> condition.status().equals("True")).isPresent();
  }

  /** What a person should know: what it waits for, or why it is not ready. */
  static String message(EndpointStatus status) {
    if (status.update() != null && status.update().waitingFor() != null) {
      return status.update().waitingFor();
    }
    Optional<Condition> ready = ready(status);
    if (ready.isPresent() && !ready.get().status().equals("True")) {
      return text(ready.get().message());
    }
    return status.lastFailure() == null
        ? ""
        : "last update failed: " + text(status.lastFailure().message());
  }

  private static List<String> row(Endpoint endpoint) {
    EndpointStatus status = endpoint.getStatus();
    String name = endpoint.getMetadata().getName();
    if (status == null) {
      return List.of(name, "", "", "", "", "");
    }
    return List.of(
        name,
        phase(status),
        text(status.endpointConfigName()),
        text(status.revision()),
        ready(status.variants()),
        message(status));
  }

  private static Optional<Condition> ready(EndpointStatus status) {
    return status.conditions() == null
        ? Optional.empty()
        : status.conditions().stream().filter(c -> c.type().equals("Ready")).findFirst();
  }

  private static String phase(EndpointStatus status) {
    String phase = status.phase() == null ? "" : status.phase().name();
    return status.update() == null || status.update().step() == null
        ? phase
        : phase + "/" + status.update().step();
  }

  private static String ready(List<VariantStatus> variants) {
    return variants == null
        ? ""
        : variants.stream()
            .map(
                v ->
                    v.name()
                        + " "
                        + (v.readyReplicas() == null ? 0 : v.readyReplicas())
                        + "/"
                        + (v.replicas() == null ? 0 : v.replicas()))
            .collect(Collectors.joining(", "));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 3));
    }
    return line.toString().stripTrailing();
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
