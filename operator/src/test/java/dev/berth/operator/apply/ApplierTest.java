package dev.berth.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Endpoint;
import dev.berth.api.EndpointRoute;
import dev.berth.api.EndpointRouteSpec;
import dev.berth.api.EndpointRouteSpec.RouteLimits;
import dev.berth.operator.FakeApiServer;
import dev.berth.operator.render.EndpointObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplierTest {

  private final FakeApiServer api = new FakeApiServer();
  private final KubernetesClient client = api.client();

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  /**
   * A router may read our route and give its word before the answer to our own write is here. What
   * is remembered then must not be taken for newer than that word.
   */
  @Test
  void aWordThatIsFasterThanOurOwnAnswerIsNotForgotten() {
    Cache cache = new Cache();
    new Applier(client, cache, (_, _) -> {}).apply(route(4));
    cache.known = client.resource(route(4)).get();
    String before = cache.known.getMetadata().getResourceVersion();

    new Applier(client, cache, (_, _) -> cache.known = client.resource(route(4)).get())
        .apply(route(8));

    assertThat(cache.known.getMetadata().getResourceVersion())
        .as("the watch was faster")
        .isNotEqualTo(before);
    assertThat(cache.tookThePlaceOf).isEqualTo(before);
  }

  private static EndpointRoute route(int queue) {
    Endpoint endpoint = new Endpoint();
    endpoint.setMetadata(
        new ObjectMetaBuilder().withName("housing").withNamespace("homes").withUid("1").build());
    return EndpointObjects.route(
        endpoint, new EndpointRouteSpec(List.of(), new RouteLimits(1, 1, queue)));
  }

  private static final class Cache implements Standing {
    private HasMetadata known;
    private String tookThePlaceOf;

    @Override
    public <T extends HasMetadata> Optional<T> find(Class<T> type, String namespace, String name) {
      return Optional.ofNullable(known).map(type::cast);
    }

    @Override
    public <T extends HasMetadata> void remember(Optional<T> before, T now) {
      tookThePlaceOf = before.map(it -> it.getMetadata().getResourceVersion()).orElse(null);
    }
  }
}
