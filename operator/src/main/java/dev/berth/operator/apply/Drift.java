package dev.berth.operator.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether what stands still says all that we said. More may stand: the server's defaults, other
 * managers' fields, a mesh's containers.
 */
final class Drift {

  /** What tells the elements of Kubernetes' lists apart, where elements of others may stand too. */
  private static final List<String> KEYS =
      List.of("uid", "name", "mountPath", "containerPort", "port", "topologyKey");

  private static final Set<String> AMOUNTS =
      Set.of("requests", "limits", "averageValue", "value", "sizeLimit");

  private Drift() {}

  /** Whether every field of {@code desired} stands in {@code live}. */
  static boolean covers(JsonNode live, JsonNode desired) {
    return covers(live, desired, false);
  }

  private static boolean covers(JsonNode live, JsonNode desired, boolean amount) {
    if (live == null || live.isMissingNode() || live.isNull()) {
      // The server drops what says nothing: a zero, a false, an empty map.
      return empty(desired);
    }
    if (desired.isObject()) {
      return live.isObject() && coversFields(live, desired, amount);
    }
    if (desired.isArray()) {
      return live.isArray() && coversElements(live, desired);
    }
    if (desired.isNumber() && live.isNumber()) {
      return desired.decimalValue().compareTo(live.decimalValue()) == 0;
    }
    return desired.equals(live) || (amount && sameAmount(desired, live));
  }

  private static boolean coversFields(JsonNode live, JsonNode desired, boolean amount) {
    for (Map.Entry<String, JsonNode> field : desired.properties()) {
      boolean amounts = amount || AMOUNTS.contains(field.getKey());
      if (!covers(live.get(field.getKey()), field.getValue(), amounts)) {
        return false;
      }
    }
    return true;
  }

  private static boolean coversElements(JsonNode live, JsonNode desired) {
    Optional<String> key = key(desired);
    if (key.isPresent()) {
      for (JsonNode element : desired) {
        if (!covers(find(live, key.get(), element.get(key.get())), element, false)) {
          return false;
        }
      }
      return true;
    }
    if (live.size() != desired.size()) {
      return false;
    }
    Iterator<JsonNode> standing = live.elements();
    for (JsonNode element : desired) {
      if (!covers(standing.next(), element, false)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> key(JsonNode list) {
    return list.isEmpty() ? Optional.empty() : KEYS.stream().filter(list.get(0)::has).findFirst();
  }

  private static JsonNode find(JsonNode list, String key, JsonNode value) {
    for (JsonNode element : list) {
      if (element.has(key) && element.get(key).equals(value)) {
        return element;
      }
    }
    return null;
  }

  private static boolean empty(JsonNode desired) {
    return desired.isNull()
        || (desired.isContainerNode() && desired.isEmpty())
        || (desired.isNumber() && desired.decimalValue().signum() == 0)
        || (desired.isBoolean() && !desired.booleanValue())
        || (desired.isTextual() && desired.textValue().isEmpty());
  }

  /** "500m" and "0.5" are one amount. */
  private static boolean sameAmount(JsonNode desired, JsonNode live) {
    try {
      return Quantity.getAmountInBytes(new Quantity(desired.asText()))
              .compareTo(Quantity.getAmountInBytes(new Quantity(live.asText())))
          == 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
