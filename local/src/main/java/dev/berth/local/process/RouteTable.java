package dev.berth.local.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.EndpointRoute;
import dev.berth.api.EndpointRouteSpec;
import dev.berth.api.EndpointRouteSpec.FleetRoute;
import dev.berth.local.state.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;

/** The router's {@code --table}: routes with the addresses that serve now. */
final class RouteTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RouteTable() {}

  /**
   * Writes the table when it differs.
   *
   * @param backends addresses of a fleet, by namespace and name
   */
  static void write(
      Path file,
      Collection<EndpointRoute> routes,
      BiFunction<String, String, List<String>> backends) {
    ObjectNode table = JSON.createObjectNode();
    ArrayNode list = table.putArray("routes");
    routes.forEach(route -> list.add(route(route, backends)));
    try {
      AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(table));
    } catch (IOException e) {
      throw new UncheckedIOException("the router's table cannot be written", e);
    }
  }

  private static ObjectNode route(
      EndpointRoute route, BiFunction<String, String, List<String>> backends) {
    String namespace = route.getMetadata().getNamespace();
    EndpointRouteSpec spec = route.getSpec();
    ObjectNode json = JSON.createObjectNode();
    json.put("endpoint", route.getMetadata().getName());
    json.put("namespace", namespace);
    json.put("generation", route.getMetadata().getGeneration());
    ArrayNode fleets = json.putArray("fleets");
    for (FleetRoute fleet : spec.fleets()) {
      ObjectNode one = JSON.valueToTree(fleet);
      ArrayNode addresses = one.putArray("backends");
      backends.apply(namespace, fleet.service()).forEach(addresses::add);
      fleets.add(one);
    }
    json.set("limits", JSON.valueToTree(spec.limits()));
    return json;
  }
}
