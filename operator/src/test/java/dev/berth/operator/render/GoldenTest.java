package dev.berth.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.EndpointRouteSpec;
import dev.berth.api.EndpointRouteSpec.FleetRoute;
import dev.berth.api.EndpointRouteSpec.RouteLimits;
import dev.berth.api.ModelSpec.Artifact;
import dev.berth.api.ProductionVariant.Autoscaling;
import dev.berth.api.ProductionVariant.Routing;
import dev.berth.planner.Fleet;
import dev.berth.planner.RouterPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects as YAML; {@code -Dberth.golden=write} writes the files anew, to be read in the diff. */
class GoldenTest {

  static Stream<Arguments> renderings() {
    return Stream.of(
        Arguments.of("fleet-plain", fleet(Samples.plain())),
        Arguments.of("fleet-full", fleet(Samples.full())),
        Arguments.of("fleet-autoscaled", fleet(Samples.autoscaled(Samples.cpu()))),
        Arguments.of(
            "fleet-autoscaled-by-default",
            fleet(Samples.autoscaled(new Autoscaling(null, 4, null, null, null)))),
        Arguments.of("fleet-autoscaled-by-load", fleet(Samples.autoscaled(Samples.load()))),
        Arguments.of("fleet-mounted", fleet(Samples.mounted())),
        Arguments.of(
            "fleet-own-image",
            fleet(
                Samples.ownImage(new Artifact("pvc://models/boston/v1.ubj", "ab12", null, null)))),
        Arguments.of(
            "fleet-own-image-remote",
            fleet(
                Samples.ownImage(
                    new Artifact("s3://models/own.bin", null, "s3-credentials", null)))),
        Arguments.of("endpoint", endpoint()),
        Arguments.of("router", router()));
  }

  private static List<HasMetadata> fleet(Fleet fleet) {
    return FleetObjects.of(fleet, Owners.controller(Samples.endpoint()), "IfNotPresent");
  }

  private static List<HasMetadata> endpoint() {
    EndpointRouteSpec route =
        new EndpointRouteSpec(
            List.of(
                new FleetRoute(
                    "stable",
                    "1a2b3c4d",
                    "housing-stable-1a2b3c4d",
                    1.0,
                    Routing.LeastOutstanding)),
            new RouteLimits(6291456, 60, 100));
    return List.of(
        EndpointObjects.service(Samples.endpoint()),
        EndpointObjects.route(Samples.endpoint(), route));
  }

  private static List<HasMetadata> router() {
    return RouterObjects.of(
        new RouterPlan(
            "default",
            true,
            2,
            "berth/router:1",
            List.of(new RouterPlan.Owner("housing", "1"), new RouterPlan.Owner("wine", "2"))),
        "Never");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("renderings")
  void isAsTheGoldenFileSays(String name, List<HasMetadata> objects) throws IOException {
    String yaml = objects.stream().map(Serialization::asYaml).collect(Collectors.joining());
    Path file = Path.of("src/test/resources/golden", name + ".yaml");
    if ("write".equals(System.getProperty("berth.golden"))) {
      Files.writeString(file, yaml);
    }
    assertThat(yaml).isEqualTo(Files.readString(file));
  }
}
