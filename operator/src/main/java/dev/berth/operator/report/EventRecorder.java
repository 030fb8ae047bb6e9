package dev.berth.operator.report;

import dev.berth.operator.render.Json;
import dev.berth.planner.PlannedEvent;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Events. An Event's name comes from what it says of which resource, so that the same
 * happening told twice is one Event with a count.
 */
public final class EventRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final int LONGEST_MESSAGE = 1024;
  private static final int LONGEST_NAME = 253 - 17;
  private static final String SOURCE = "berth-operator";

  private final KubernetesClient client;
  private final Clock clock;

  public EventRecorder(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** An Event that cannot be written is logged: nothing may fail for want of news about it. */
  public void record(HasMetadata about, List<PlannedEvent> events) {
    for (PlannedEvent event : events) {
      try {
        write(event(about, event));
      } catch (KubernetesClientException e) {
        LOG.warn("Event {} \"{}\" was not written", event.reason(), event.message(), e);
      }
    }
  }

  private void write(Event event) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) {
        throw e;
      }
      client
          .resource(event)
          .edit(
              standing ->
                  new EventBuilder(standing)
                      .withCount(standing.getCount() == null ? 2 : standing.getCount() + 1)
                      .withLastTimestamp(event.getLastTimestamp())
                      .build());
    }
  }

  private Event event(HasMetadata about, PlannedEvent event) {
    String name = about.getMetadata().getName();
    String hash = Json.hash(List.of(about.getMetadata().getUid(), event.reason(), event.message()));
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withName(name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "." + hash)
        .withNamespace(about.getMetadata().getNamespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withName(name)
        .withNamespace(about.getMetadata().getNamespace())
        .withUid(about.getMetadata().getUid())
        .endInvolvedObject()
        .withType(event.severity().name())
        .withReason(event.reason())
        .withMessage(
            event.message().substring(0, Math.min(event.message().length(), LONGEST_MESSAGE)))
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withNewSource()
        .withComponent(SOURCE)
        .endSource()
        .withReportingComponent(SOURCE)
        .withReportingInstance(SOURCE)
        .build();
  }
}
