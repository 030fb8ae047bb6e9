package dev.berth.operator.endpoint;

import dev.berth.operator.apply.Applier;
import dev.berth.operator.apply.Writes;
import dev.berth.operator.gather.EndpointViews;
import dev.berth.operator.gather.Watched;
import io.fabric8.kubernetes.client.KubernetesClient;

/** What a pass over an Endpoint works with; made when the watches are. */
record EndpointParts(
    KubernetesClient client,
    Watched watched,
    EndpointViews views,
    Applier applier,
    Writes writes) {}
