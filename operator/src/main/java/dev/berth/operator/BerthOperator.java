package dev.berth.operator;

import dev.berth.api.Endpoint;
import dev.berth.operator.config.EndpointConfigReconciler;
import dev.berth.operator.endpoint.EndpointReconciler;
import dev.berth.operator.gather.ModelReports;
import dev.berth.operator.gather.Watched;
import dev.berth.operator.health.HealthServer;
import dev.berth.operator.health.OperatorMetrics;
import dev.berth.operator.health.Patience;
import dev.berth.operator.model.ModelReconciler;
import dev.berth.operator.report.EventRecorder;
import dev.berth.operator.report.StatusReporter;
import dev.berth.operator.settings.OperatorFlags;
import dev.berth.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** One operator process: the three controllers, their connection, health and metrics. */
public final class BerthOperator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BerthOperator.class);
  private static final String FINALIZER = "berth.dev/finalizer";

  /** Watches can die unnoticed behind an idle load balancer: everything is looked at this often. */
  private static final Duration LOOK_ANYWAY = Duration.ofMinutes(5);

  /** A watch that fails for good ends the process by itself; this is for what nobody thought of. */
  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(15);

  private static final int LONGEST_RETRY_MILLIS = 60_000;

  private final OperatorSettings settings;
  private final KubernetesClient client;
  private final OperatorMetrics metrics = new OperatorMetrics();
  private final ModelReports reports;
  private final EndpointReconciler endpoints;
  private final Operator operator;
  private final HealthServer health;
  private final AtomicBoolean started = new AtomicBoolean();

  /**
   * Prepares a process; {@link #start} sets it to work.
   *
   * @param client closed with this
   * @throws IOException when the health port is not free
   */
  public BerthOperator(OperatorSettings settings, KubernetesClient client, Clock clock)
      throws IOException {
    this.settings = settings;
    this.client = client;
    this.reports = new ModelReports(client, metrics);
    EventRecorder events = new EventRecorder(client, clock);
    StatusReporter status = new StatusReporter(metrics);
    this.endpoints = new EndpointReconciler(settings, clock, metrics, reports, events);
    this.operator = new Operator(this::configure);
    operator.register(endpoints, this::control);
    operator.register(
        new ModelReconciler(endpoints::watched, clock, status, events), this::control);
    operator.register(new EndpointConfigReconciler(clock, status, events), this::control);
    metrics.observe(this::known);
    Patience live = new Patience(this::well, LONGEST_OUTAGE, clock);
    this.health = HealthServer.start(settings.port(), live, started::get, metrics);
  }

  /** Starts the controllers, or, with a lease, asks for it and stands by. */
  public void start() {
    operator.start();
    started.set(true);
    LOG.info(
        "watching {}, health on port {}",
        settings.namespaces().isEmpty() ? "all namespaces" : settings.namespaces(),
        health.port());
  }

  /** Port of {@code /live}, {@code /ready} and {@code /metrics}. */
  public int port() {
    return health.port();
  }

  private void configure(ConfigurationServiceOverrider configuration) {
    configuration
        .withKubernetesClient(client)
        .withMetrics(metrics)
        .withCloseClientOnStop(false)
        .withReconciliationTerminationTimeout(Duration.ofSeconds(5))
        // Without it an event that is older than our own last write takes that write out of the
        // cache.
        .withParseResourceVersions(true)
        // A marker that JOSDK would write on every object; each write would make an event.
        .withPreviousAnnotationForDependentResources(false);
    settings
        .lease()
        .ifPresent(
            lease ->
                configuration.withLeaderElectionConfiguration(
                    LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                            "berth-operator")
                        .withLeaseNamespace(lease.namespace())
                        .withIdentity(lease.identity())
                        .build()));
  }

  private <P extends HasMetadata> void control(ControllerConfigurationOverrider<P> controller) {
    controller
        .withFinalizer(FINALIZER)
        .withFieldManager("berth")
        .withGenerationAware(true)
        .withReconciliationMaxInterval(LOOK_ANYWAY)
        // JOSDK's own default gives up after five attempts and waits for an event that may not
        // come.
        .withRetry(new GenericRetry().withoutMaxAttempts().setMaxInterval(LONGEST_RETRY_MILLIS));
    if (settings.namespaces().isEmpty()) {
      controller.watchingAllNamespaces();
    } else {
      controller.settingNamespaces(settings.namespaces());
    }
  }

  private Collection<Endpoint> known() {
    return endpoints.watched().map(Watched::endpoints).orElse(List.of());
  }

  /** A standby's watches are not started and not ill. */
  private boolean well() {
    return !operator.getRuntimeInfo().isStarted()
        || endpoints.watched().isEmpty()
        || operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  @Override
  public void close() {
    started.set(false);
    operator.stop();
    reports.close();
    health.close();
    client.close();
  }

  /** Runs until the process is told to stop. */
  public static void main(String[] args) throws IOException {
    OperatorFlags flags = new OperatorFlags();
    CommandLine line = new CommandLine(flags);
    try {
      line.parseArgs(args);
    } catch (CommandLine.ParameterException e) {
      System.err.println(e.getMessage());
      line.usage(System.err);
      System.exit(CommandLine.ExitCode.USAGE);
    }
    if (line.isUsageHelpRequested()) {
      line.usage(System.out);
      return;
    }
    BerthOperator operator =
        new BerthOperator(flags.settings(), ClusterClient.connect(), Clock.systemUTC());
    stopWithTheProcess(operator);
    try {
      operator.start();
    } catch (RuntimeException e) {
      LOG.error("The operator cannot start. Are the CRDs installed, and its permissions?", e);
      System.exit(1);
    }
  }

  /**
   * JOSDK 5.2 installs no hook under leader election, and its stop may wait for the very thread
   * that lost the lead and exits: so ours gives it a while on a thread of its own, and no more.
   */
  private static void stopWithTheProcess(BerthOperator operator) {
    Thread hook =
        new Thread(
            () -> {
              Thread stopping = Thread.ofPlatform().daemon().start(operator::close);
              try {
                var _ = stopping.join(Duration.ofSeconds(10));
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
