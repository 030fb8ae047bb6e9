package dev.berth.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.Endpoint;
import dev.berth.api.EndpointConfig;
import dev.berth.api.EndpointRoute;
import dev.berth.api.Model;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * kubernetes-server-mock, with what it lacks FAKED: a server-side apply is answered as a merge
 * patch, and of a status as a replacement. Field managers, defaults, validation and controllers are
 * not there at all; what they do is tested on a real API server.
 */
public final class FakeApiServer implements AutoCloseable {

  private final Dispatcher dispatcher = new Dispatcher();
  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(new ObjectMapper()), new MockWebServer(), new HashMap<>(), dispatcher, false);

  public FakeApiServer() {
    server.init();
  }

  public KubernetesClient client() {
    return server.createClient();
  }

  /** Calls so far that could change something, whether they did or not. */
  public int writes() {
    return dispatcher.writes.get();
  }

  @Override
  public void close() {
    try {
      server.destroy();
    } catch (IllegalStateException _) {
      // It gives its connections ten seconds to end, which a busy machine may not make; they end
      // with the process.
    }
  }

  private static final class Dispatcher extends KubernetesCrudDispatcher {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicInteger writes = new AtomicInteger();

    Dispatcher() {
      super(
          Stream.of(Model.class, EndpointConfig.class, Endpoint.class, EndpointRoute.class)
              .map(CustomResourceDefinitionContext::fromCustomResourceType)
              .toList());
    }

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
      writes.incrementAndGet();
      return super.handleCreate(request);
    }

    @Override
    public MockResponse handleUpdate(RecordedRequest request) {
      writes.incrementAndGet();
      return super.handleUpdate(request);
    }

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
      writes.incrementAndGet();
      if (!request.getHeader("Content-Type").contains("apply-patch")) {
        return super.handlePatch(request);
      }
      return request.getPath().contains("/status")
          ? super.handleUpdate(withStatus(request))
          : super.handlePatch(as(request, HttpMethod.PATCH, request.getUtf8Body()));
    }

    @Override
    public MockResponse handleDelete(String path) {
      writes.incrementAndGet();
      return super.handleDelete(path);
    }

    /** What an applied status no longer says is gone, so it takes the old one's place. */
    private RecordedRequest withStatus(RecordedRequest apply) {
      try {
        String path = apply.getPath().replaceAll("/status.*", "");
        ObjectNode current = (ObjectNode) JSON.readTree(super.handleGet(path).getBody().readUtf8());
        JsonNode applied = JSON.readTree(apply.getUtf8Body());
        JsonNode locked = applied.at("/metadata/resourceVersion");
        if (!locked.isMissingNode()) {
          ((ObjectNode) current.get("metadata")).set("resourceVersion", locked);
        }
        current.set("status", applied.get("status"));
        return as(apply, HttpMethod.PUT, JSON.writeValueAsString(current));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }

    private static RecordedRequest as(RecordedRequest apply, HttpMethod method, String body) {
      return new RecordedRequest(
          apply.getHttpVersion(),
          method,
          apply.getPath().replaceAll("\\?.*", ""),
          apply
              .getHeaders()
              .newBuilder()
              .setHeader("Content-Type", "application/merge-patch+json")
              .build(),
          new Buffer(body.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
