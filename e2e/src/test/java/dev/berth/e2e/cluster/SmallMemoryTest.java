package dev.berth.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aot.SampleModel;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with little memory refuses what is too much for it, and lives. */
@Tag("cluster")
@ExtendWith(OnCluster.class)
class SmallMemoryTest {
  private static final int CLIENTS = 24;
  private static final int ROUNDS = 12;
  private static final int MIB = 1 << 20;
  private static final String ROW = "1,2\n";

  @ParameterizedTest
  @ValueSource(strings = {"192Mi", "256Mi"})
  void largeBodiesAreRefusedAndNobodyIsKilled(String memory, Release release) throws Exception {
    try (Story story = new Story(release, Scene.SMALL_MEMORY)) {
      story
          .client()
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName("sample")
                  .withNamespace(story.namespace())
                  .endMetadata()
                  .addToBinaryData(
                      "model.ubj", Base64.getEncoder().encodeToString(SampleModel.ubj()))
                  .build())
          .serverSideApply();
      BarePod.Container container =
          new BarePod.Container(
              "berth-model-server", List.of("--model=/etc/sample/model.ubj"), "", memory, "sample");
      try (BarePod pod = BarePod.start(story, "small", container)) {
        Pod running = pod.await("its address", seen -> seen.getStatus().getPodIP() != null);
        URI invocations =
            URI.create("http://" + running.getStatus().getPodIP() + ":8080/invocations");
        try (HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
          Waiting.until(
              "an answer",
              Duration.ofMinutes(1),
              () ->
                  status(client, invocations, ROW.getBytes(StandardCharsets.US_ASCII), false)
                      == 200);
          Map<Integer, AtomicInteger> statuses = flood(client, invocations);
          ContainerStatus after = pod.now().getStatus().getContainerStatuses().getFirst();
          assertThat(after.getState().getTerminated()).as(pod.log()).isNull();
          assertThat(status(client, invocations, ROW.getBytes(StandardCharsets.US_ASCII), false))
              .isEqualTo(200);
          System.out.printf("%s: answers by status %s%n", memory, new TreeMap<>(statuses));
          assertThat(statuses.keySet()).isSubsetOf(Set.of(200, 413, 429, 503));
          assertThat(statuses.keySet()).contains(200, 413, 503);
        }
      }
    }
  }

  /** Bodies of all sizes at once, every third one packed. */
  private static Map<Integer, AtomicInteger> flood(HttpClient client, URI uri)
      throws InterruptedException {
    List<byte[]> bodies = List.of(rows(1), rows(4), rows(8), rows(64));
    List<byte[]> packed = List.of(gzip(rows(2)), gzip(rows(8)), gzip(rows(200)));
    Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    List<Thread> clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(
                number ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              for (int round = 0; round < ROUNDS; round++) {
                                boolean gzip = (number + round) % 3 == 0;
                                List<byte[]> choice = gzip ? packed : bodies;
                                byte[] body = choice.get((number + round) % choice.size());
                                statuses
                                    .computeIfAbsent(
                                        status(client, uri, body, gzip), _ -> new AtomicInteger())
                                    .incrementAndGet();
                              }
                            }))
            .toList();
    for (Thread thread : clients) {
      thread.join();
    }
    return statuses;
  }

  private static int status(HttpClient client, URI uri, byte[] body, boolean gzip) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofMinutes(2))
            // Who waits for a word before a large body hears the refusal instead.
            .expectContinue(body.length > MIB)
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofByteArray(body));
    if (gzip) {
      request.header("Content-Encoding", "gzip");
    }
    try {
      HttpResponse<Void> response = client.send(request.build(), BodyHandlers.discarding());
      return response.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static byte[] rows(int mebibytes) {
    return ROW.repeat(mebibytes * MIB / ROW.length()).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
