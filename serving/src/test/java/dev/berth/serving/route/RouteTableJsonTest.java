package dev.berth.serving.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableJsonTest {
  private static RouteTable read(String json) {
    return RouteTableJson.read(json.getBytes(UTF_8));
  }

  @Test
  void readsATable() {
    RouteTable table =
        read(
            """
            {"routes":[{"endpoint":"housing","namespace":"default","generation":7,"later":{},
              "fleets":[{"variant":"stable","revision":"1a2b3c4d","service":"housing-stable-1a2b3c4d",
                "weight":0.5,"routing":"Random","backends":["127.0.0.1:41001","[::1]:80"]}],
              "limits":{"maxBodyBytes":10,"timeoutSeconds":20,"maxQueue":30}}]}
            """);
    Route route = table.routes().getFirst();
    assertThat(route.generation()).isEqualTo(7);
    assertThat(route.limits()).isEqualTo(new RouteLimits(10L, 20, 30));
    assertThat(route.fleets())
        .containsExactly(
            new FleetRoute(
                "stable",
                "1a2b3c4d",
                "housing-stable-1a2b3c4d",
                0.5,
                FleetRoute.Routing.Random,
                List.of(new BackendAddress("127.0.0.1", 41001), new BackendAddress("::1", 80))));
    assertThat(RouteTableJson.read(RouteTableJson.write(table))).isEqualTo(table);
  }

  @Test
  void fillsInWhatIsLeftOut() {
    Route route =
        read("""
                {"routes":[{"endpoint":"e","generation":1,
                  "fleets":[{"variant":"v","revision":"r","service":"s","weight":1}]}]}
                """)
            .routes()
            .getFirst();
    assertThat(route.namespace()).isEqualTo("default");
    assertThat(route.limits()).isEqualTo(new RouteLimits(6291456L, 60, 100));
    assertThat(route.fleets().getFirst().routing()).isEqualTo(FleetRoute.Routing.LeastOutstanding);
    assertThat(route.fleets().getFirst().backends()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                             | No content",
        "null                                           | null",
        "{                                              | end-of-input",
        "[]                                             | RouteTable",
        "{}                                             | 'routes' is missing",
        "{\"routes\":[]} x                              | x",
        "{\"routes\":[{\"generation\":1}]}              | routes[0]: 'endpoint' is missing",
        "{\"routes\":[{\"endpoint\":\"e\",\"generation\":1},{\"endpoint\":\"e\",\"generation\":1}]} | stands here twice",
        "{\"routes\":[{\"endpoint\":\"e\",\"generation\":1,\"fleets\":[{\"variant\":\"v\",\"revision\":\"r\",\"service\":\"s\",\"weight\":-1}]}]} | routes[0].fleets[0]: weight of variant 'v': -1.0 is not a number of 0 or more",
        "{\"routes\":[{\"endpoint\":\"e\",\"generation\":1,\"fleets\":[{\"variant\":\"v\",\"revision\":\"r\",\"service\":\"s\",\"weight\":1,\"backends\":[\"x\"]}]}]} | backend 'x' is not host:port",
        "{\"routes\":[{\"endpoint\":\"e\",\"generation\":1,\"limits\":{\"timeoutSeconds\":0}}]} | routes[0].limits: limits.timeoutSeconds: 0 is not positive",
      })
  void saysWhatIsWrong(String json, String words) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(InvalidRouteTableException.class)
        .hasMessageContaining(words);
  }
}
