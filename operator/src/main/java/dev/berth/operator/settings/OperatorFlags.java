package dev.berth.operator.settings;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The operator's flags; every one may be given by the environment variable that it names. */
@Command(
    name = "berth-operator",
    mixinStandardHelpOptions = true,
    description = "Keeps Berth's Endpoints on Kubernetes as their resources say.")
public final class OperatorFlags {

  @Option(
      names = "--namespaces",
      split = ",",
      defaultValue = "${env:BERTH_NAMESPACES:-}",
      description = "Namespaces to watch, separated by commas; none: all. [BERTH_NAMESPACES]")
  private Set<String> namespaces = new LinkedHashSet<>();

  @Option(
      names = "--model-server-image",
      required = true,
      defaultValue = "${env:BERTH_MODEL_SERVER_IMAGE}",
      description = "Image of new fleets. [BERTH_MODEL_SERVER_IMAGE]")
  private String modelServerImage = "";

  @Option(
      names = "--router-image",
      required = true,
      defaultValue = "${env:BERTH_ROUTER_IMAGE}",
      description = "Image of routers. [BERTH_ROUTER_IMAGE]")
  private String routerImage = "";

  @Option(
      names = "--image-pull-policy",
      defaultValue = "${env:BERTH_IMAGE_PULL_POLICY:-IfNotPresent}",
      description = "Always, IfNotPresent or Never. [BERTH_IMAGE_PULL_POLICY]")
  private String imagePullPolicy = "";

  @Option(
      names = "--router-replicas",
      defaultValue = "${env:BERTH_ROUTER_REPLICAS:-2}",
      description = "Routers a namespace. [BERTH_ROUTER_REPLICAS]")
  private int routerReplicas;

  @Option(
      names = "--leader-election",
      arity = "1",
      defaultValue = "${env:BERTH_LEADER_ELECTION:-false}",
      description = "Hold a lease, so that one of several operators acts. [BERTH_LEADER_ELECTION]")
  private boolean leaderElection;

  @Option(
      names = "--lease-namespace",
      defaultValue = "${env:POD_NAMESPACE:-default}",
      description = "Where the lease is. [POD_NAMESPACE]")
  private String leaseNamespace = "";

  @Option(
      names = "--name",
      defaultValue = "${env:POD_NAME:-berth-operator}",
      description = "Who asks for the lease. [POD_NAME]")
  private String name = "";

  @Option(
      names = "--port",
      defaultValue = "${env:BERTH_PORT:-8081}",
      description = "Health and metrics: /live, /ready, /metrics. [BERTH_PORT]")
  private int port;

  /** What the flags say. */
  public OperatorSettings settings() {
    Set<String> watched = new LinkedHashSet<>();
    for (String namespace : namespaces) {
      if (!namespace.isBlank()) {
        watched.add(namespace.strip());
      }
    }
    return new OperatorSettings(
        watched,
        modelServerImage,
        routerImage,
        imagePullPolicy,
        routerReplicas,
        leaderElection
            ? Optional.of(new OperatorSettings.Lease(leaseNamespace, name))
            : Optional.empty(),
        port);
  }
}
