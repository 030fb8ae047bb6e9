package dev.berth.modelserver;

import dev.berth.engine.ModelDescription;
import dev.berth.modelserver.admin.AdminPlane;
import dev.berth.modelserver.artifact.ArtifactFetcher;
import dev.berth.modelserver.config.ModelConfig;
import dev.berth.modelserver.config.ServerConfig;
import dev.berth.modelserver.failure.LoadFailure;
import dev.berth.modelserver.grpc.InferenceService;
import dev.berth.modelserver.invoke.DataPlane;
import dev.berth.modelserver.invoke.ModelLookup;
import dev.berth.modelserver.invoke.Workers;
import dev.berth.modelserver.load.BegunLoad;
import dev.berth.modelserver.load.LoadedModel;
import dev.berth.modelserver.load.ModelLoader;
import dev.berth.modelserver.memory.MemoryBounds;
import dev.berth.modelserver.metrics.ServerMetrics;
import dev.berth.modelserver.model.LoadedModels;
import dev.berth.modelserver.model.ModelFacts;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.serving.grpc.GrpcHandler;
import dev.berth.serving.grpc.GrpcServer;
import dev.berth.serving.grpc.GrpcServerOptions;
import dev.berth.serving.http.HttpServer;
import dev.berth.serving.http.HttpServerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports and the models behind them. Listens at once, answers once everything is loaded, and is
 * ready once it is warm.
 */
final class ModelService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelService.class);

  /** The kubelet kills after 30 s at the least; what still runs then would be lost anyhow. */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(25);

  private static final int ADMIN_THREADS = 1;

  private final ServerConfig config;
  private final ServerSettings settings;
  private final LoadedModels models;

  private final ModelLoader loader;

  /** The first model, until somebody waits for it. */
  private volatile Optional<BegunLoad> begun;

  /** Loaded, the checksum still to be worked out; one alone, for its file is still there. */
  private Optional<LoadedModel> unidentified = Optional.empty();

  private final ServerMetrics metrics;
  private final Workers workers;
  private final HttpServer data;
  private final HttpServer admin;
  private final Optional<GrpcServer> grpc;
  private volatile boolean draining;

  private ModelService(
      ServerConfig config, ServerSettings settings, ModelLoader loader, Optional<BegunLoad> begun) {
    this.config = config;
    this.loader = loader;
    this.begun = begun;
    this.settings = settings;
    this.models = new LoadedModels(config);
    this.metrics = new ServerMetrics(models);
    this.workers = new Workers(Runtime.getRuntime().availableProcessors(), metrics);
    ModelLookup lookup = new ModelLookup(models, () -> draining);
    MemoryBounds bounds = MemoryBounds.ofThisProcess(settings.maxBodyBytes());
    HttpServerOptions options = HttpServerOptions.defaults();
    this.data =
        HttpServer.start(
            options
                .on(settings.host(), settings.port())
                .withBodies(bounds.bodyBytes(), bounds.heldBytes()),
            new DataPlane(lookup, metrics, workers, bounds));
    try {
      this.admin =
          HttpServer.start(
              options.on(settings.host(), settings.adminPort()).withThreads(ADMIN_THREADS),
              new AdminPlane(models, metrics));
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
    try {
      this.grpc = grpc(settings, bounds, new InferenceService(lookup, metrics, workers));
    } catch (RuntimeException e) {
      data.close();
      admin.close();
      throw e;
    }
  }

  private static Optional<GrpcServer> grpc(
      ServerSettings settings, MemoryBounds bounds, GrpcHandler service) {
    if (settings.grpcPort() < 0) {
      return Optional.empty();
    }
    HttpServerOptions http = HttpServerOptions.defaults();
    return Optional.of(
        GrpcServer.start(
            new GrpcServerOptions(
                settings.host(),
                settings.grpcPort(),
                bounds.bodyBytes(),
                bounds.heldBytes(),
                http.maxConnections(),
                http.idleTimeout()),
            service));
  }

  /** Listens on all ports, and begins to load. */
  static ModelService start(ServerConfig config, ServerSettings settings) {
    ModelLoader loader =
        new ModelLoader(new ArtifactFetcher(settings.maxArtifactBytes(), settings.retryFor()));
    Optional<BegunLoad> begun =
        config.models().stream().findFirst().map(first -> BegunLoad.of(loader, first));
    try {
      return new ModelService(config, settings, loader, begun);
    } catch (RuntimeException e) {
      begun.ifPresent(BegunLoad::abandon);
      throw e;
    }
  }

  /** Loads every model and warms it up; ready when it returns. */
  void load() throws LoadFailure, InterruptedException {
    try {
      loadModels();
      warmUp();
    } finally {
      unidentified.ifPresent(LoadedModel::close);
    }
  }

  /** Loads every model, so that requests are answered. */
  void loadModels() throws LoadFailure, InterruptedException {
    for (ModelConfig config : config.models()) {
      identify();
      try {
        LoadedModel model = next(config);
        unidentified = Optional.of(model);
        metrics.loaded(config.name(), model.seconds());
        models.add(model.model());
        ModelDescription description = model.model().description();
        log.info(
            "model '{}' is loaded after {} ms: {}, {} features, {} trees",
            config.name(),
            Math.round(model.seconds() * 1000),
            description.objective(),
            description.numFeatures(),
            description.numTrees());
      } catch (LoadFailure failure) {
        throw failure.ofModel(config.name());
      }
    }
  }

  private LoadedModel next(ModelConfig config) throws LoadFailure, InterruptedException {
    if (begun.isEmpty()) {
      return loader.load(config);
    }
    BegunLoad first = begun.get();
    LoadedModel model = first.await();
    begun = Optional.empty();
    return model;
  }

  /**
   * Has models answer for a moment, and takes the last one's checksum, before we ask for traffic.
   */
  void warmUp() throws LoadFailure {
    for (ModelConfig model : config.models()) {
      ModelLoader.warmUp(models.named(model.name()).orElseThrow(), model);
    }
    identify();
    models.warm();
  }

  /** Lets a model be known by its artifact's checksum, and its file go. */
  private void identify() throws LoadFailure {
    if (unidentified.isPresent()) {
      try (LoadedModel model = unidentified.get()) {
        unidentified = Optional.empty();
        ServedModel identified = model.identified();
        models.add(identified);
        ModelFacts facts = identified.facts();
        log.info("model '{}' has the sha256 {}", facts.name(), facts.sha256().orElseThrow());
      }
    }
  }

  int port() {
    return data.port();
  }

  /** How it does sockets. */
  String transport() {
    return data.transport();
  }

  int adminPort() {
    return admin.port();
  }

  /** The port of gRPC, unless that is turned off. */
  OptionalInt grpcPort() {
    return grpc.map(server -> OptionalInt.of(server.port())).orElse(OptionalInt.empty());
  }

  /** Stops without losing a request; false when something still ran at the end of our patience. */
  boolean drain() throws InterruptedException {
    draining = true;
    AtomicBoolean grpcDrained = new AtomicBoolean(true);
    Thread beside = Thread.ofPlatform().name("drain-grpc").start(() -> drainGrpc(grpcDrained));
    boolean drained = data.drain(settings.lameDuck(), DRAIN_LIMIT);
    beside.join();
    drained &= grpcDrained.get();
    admin.close();
    workers.close();
    return drained;
  }

  private void drainGrpc(AtomicBoolean drained) {
    try {
      if (grpc.isPresent()) {
        drained.set(grpc.get().drain(settings.lameDuck(), DRAIN_LIMIT));
      }
    } catch (InterruptedException _) {
      drained.set(false);
    }
  }

  @Override
  public void close() {
    begun.ifPresent(BegunLoad::abandon);
    grpc.ifPresent(GrpcServer::close);
    data.close();
    admin.close();
    workers.close();
  }
}
