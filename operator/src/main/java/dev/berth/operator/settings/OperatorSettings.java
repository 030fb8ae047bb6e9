package dev.berth.operator.settings;

import java.util.Optional;
import java.util.Set;

/**
 * What one operator process was told.
 *
 * @param namespaces namespaces to watch; empty means all of them
 * @param serverImage image of new fleets
 * @param routerImage image of every namespace's routers
 * @param imagePullPolicy Always, IfNotPresent or Never, of fleets made from now on and of routers
 * @param routerReplicas routers a namespace
 * @param lease where to hold the leader's lease; empty: no election, this process is the only one
 * @param port health and metrics; 0 picks a free one
 */
public record OperatorSettings(
    Set<String> namespaces,
    String serverImage,
    String routerImage,
    String imagePullPolicy,
    int routerReplicas,
    Optional<Lease> lease,
    int port) {

  public OperatorSettings {
    namespaces = Set.copyOf(namespaces);
  }

  /** The lease that the leader holds, and the name under which this process asks for it. */
  public record Lease(String namespace, String identity) {}
}
