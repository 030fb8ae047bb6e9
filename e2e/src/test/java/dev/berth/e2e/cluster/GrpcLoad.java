package dev.berth.e2e.cluster;

import dev.berth.serving.grpc.GrpcClient;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Some clients of gRPC on one connection, which ask for one row over and over. */
final class GrpcLoad implements AutoCloseable {
  private static final float[] ROW = {
    0.00632f, 18, 2.31f, 0, 0.538f, 6.575f, 65.2f, 4.09f, 1, 296, 15.3f, 396.9f, 4.98f
  };

  private final GrpcClient client;
  private final byte[] request;
  private final Set<Float> answers = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong answered = new AtomicLong();
  private final List<Thread> threads;
  private volatile boolean stopping;

  GrpcLoad(String host, int port, String endpoint, int clients) {
    this.client = new GrpcClient(host, port);
    this.request = GrpcClient.inference(endpoint, ROW);
    this.threads =
        IntStream.range(0, clients).mapToObj(_ -> Thread.ofVirtual().start(this::ask)).toList();
  }

  private void ask() {
    while (!stopping) {
      try {
        answers.add(GrpcClient.prediction(client.call("ModelInfer", request)));
        answered.incrementAndGet();
      } catch (StatusRuntimeException e) {
        failures.add(e.getStatus().toString());
      }
    }
  }

  /** What has failed, in words. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** All different answers. */
  Set<Float> answers() {
    return Set.copyOf(answers);
  }

  long answered() {
    return answered.get();
  }

  @Override
  public void close() {
    stopping = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    client.close();
  }
}
