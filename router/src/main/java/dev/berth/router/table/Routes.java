package dev.berth.router.table;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All live routes of one table, by the names that requests call them. Immutable. */
public final class Routes {
  static final Routes NONE = new Routes(List.of());

  private final Map<String, LiveRoute> byHost = new HashMap<>();
  private final Map<String, LiveRoute> byName = new HashMap<>();
  private final List<LiveRoute> all;

  Routes(Collection<LiveRoute> routes) {
    all = List.copyOf(routes);
    for (LiveRoute route : all) {
      byHost.put(route.endpoint() + "." + route.namespace(), route);
      byName.merge(route.endpoint(), route, Routes::theOneToBeCalledByNameAlone);
    }
  }

  /** Every route. */
  public List<LiveRoute> all() {
    return all;
  }

  /** The route of an endpoint that is called by its name alone. */
  public Optional<LiveRoute> named(String endpoint) {
    return Optional.ofNullable(byName.get(endpoint));
  }

  /** The route that succeeds this one in this table. */
  public Optional<LiveRoute> successorOf(LiveRoute route) {
    return Optional.ofNullable(byHost.get(route.endpoint() + "." + route.namespace()));
  }

  /**
   * The route for a Host header: {@code endpoint}, {@code endpoint.namespace} or {@code
   * endpoint.namespace.svc} and whatever follows, in any case, with or without a port.
   */
  public Optional<LiveRoute> hosted(String host) {
    int end = host.lastIndexOf(':');
    String name = (end < 0 ? host : host.substring(0, end)).toLowerCase(Locale.ROOT);
    int endpointEnd = name.indexOf('.');
    if (endpointEnd < 0) {
      return named(name);
    }
    int namespaceEnd = name.indexOf('.', endpointEnd + 1);
    if (namespaceEnd < 0) {
      return Optional.ofNullable(byHost.get(name));
    }
    boolean service =
        name.startsWith("svc", namespaceEnd + 1)
            && (name.length() == namespaceEnd + 4 || name.charAt(namespaceEnd + 4) == '.');
    return service
        ? Optional.ofNullable(byHost.get(name.substring(0, namespaceEnd)))
        : Optional.empty();
  }

  /** Two namespaces may have an endpoint of one name: then the default namespace's answers. */
  private static LiveRoute theOneToBeCalledByNameAlone(LiveRoute one, LiveRoute other) {
    if (one.namespace().equals("default")) {
      return one;
    }
    if (other.namespace().equals("default")) {
      return other;
    }
    return one.namespace().compareTo(other.namespace()) < 0 ? one : other;
  }
}
