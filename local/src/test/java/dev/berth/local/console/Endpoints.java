package dev.berth.local.console;

import dev.berth.api.Condition;
import dev.berth.api.Endpoint;
import dev.berth.api.EndpointStatus;
import dev.berth.api.EndpointStatus.LastFailure;
import dev.berth.api.EndpointStatus.Phase;
import dev.berth.api.EndpointStatus.Step;
import dev.berth.api.EndpointStatus.UpdateStatus;
import dev.berth.api.EndpointStatus.VariantStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;

/** Endpoints at some moment of their lives, at generation 2. */
final class Endpoints {
  private Endpoints() {}

  static Endpoint unreported(String name) {
    Endpoint endpoint = new Endpoint();
    endpoint.setMetadata(
        new ObjectMetaBuilder().withName(name).withNamespace("default").withGeneration(2L).build());
    return endpoint;
  }

  static Endpoint serving(String name, long observed, String ready, LastFailure failure) {
    return with(name, observed, failure, null, condition(ready, "not well"));
  }

  static Endpoint updating(String name, String waitingFor) {
    UpdateStatus update =
        new UpdateStatus("v1", "v2", "r1", "r2", Step.Provisioning, null, null, 0, waitingFor);
    return with(name, 2, null, update, condition("True", "well"));
  }

  private static Endpoint with(
      String name, long observed, LastFailure failure, UpdateStatus update, Condition ready) {
    Endpoint endpoint = unreported(name);
    endpoint.setStatus(
        new EndpointStatus(
            observed,
            update == null ? Phase.InService : Phase.Updating,
            "http://localhost:8080/endpoints/" + name,
            "v1",
            "r1",
            null,
            failure,
            update,
            List.of(variant("stable", 2, 2), variant("canary", 1, null)),
            List.of(ready)));
    return endpoint;
  }

  private static Condition condition(String status, String message) {
    return new Condition("Ready", status, "Because", message, "2026-01-01T00:00:00Z", 2L);
  }

  private static VariantStatus variant(String name, Integer replicas, Integer ready) {
    return new VariantStatus(name, "m", "r1", null, 1.0, 1.0, replicas, ready, null, null, null);
  }
}
