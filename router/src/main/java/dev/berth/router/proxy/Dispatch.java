package dev.berth.router.proxy;

import dev.berth.router.table.LiveRoute;
import dev.berth.router.table.Routes;
import dev.berth.serving.http.Request;
import dev.berth.serving.wire.WirePaths;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Optional;

/**
 * Which endpoint a request calls, by path or by host, and what its server is asked for.
 *
 * @param target path and query for the model server
 */
record Dispatch(LiveRoute route, String target) {
  private static final String ENDPOINTS = "/endpoints/";
  private static final String V1_MODELS = "/v1/models/";
  private static final String PREDICT = ":predict";

  /** Empty when no endpoint is called so. */
  static Optional<Dispatch> of(Request request, Routes routes) {
    String path = request.path();
    if (path.startsWith(ENDPOINTS)) {
      return path.endsWith(WirePaths.INVOCATIONS)
          ? named(ENDPOINTS, WirePaths.INVOCATIONS, request, routes)
              .map(route -> new Dispatch(route, withQuery(WirePaths.INVOCATIONS, request)))
          : Optional.empty();
    }
    if (path.equals(WirePaths.INVOCATIONS)) {
      return request
          .header(HttpHeaderNames.HOST)
          .flatMap(routes::hosted)
          .map(route -> new Dispatch(route, request.target()));
    }
    if (path.startsWith(V1_MODELS)) {
      String verb = path.endsWith(PREDICT) ? PREDICT : "";
      String target = V1_MODELS + WirePaths.ONLY_MODEL + verb;
      return named(V1_MODELS, verb, request, routes)
          .map(route -> new Dispatch(route, withQuery(target, request)));
    }
    if (path.startsWith(WirePaths.V2_MODELS)) {
      int slash = path.indexOf('/', WirePaths.V2_MODELS.length());
      String rest = slash < 0 ? "" : path.substring(slash);
      String target = WirePaths.V2_MODELS + WirePaths.ONLY_MODEL + rest;
      return named(WirePaths.V2_MODELS, rest, request, routes)
          .map(route -> new Dispatch(route, withQuery(target, request)));
    }
    return Optional.empty();
  }

  private static Optional<LiveRoute> named(
      String before, String after, Request request, Routes routes) {
    String path = request.path();
    int end = path.length() - after.length();
    return end <= before.length()
        ? Optional.empty()
        : routes.named(path.substring(before.length(), end));
  }

  private static String withQuery(String path, Request request) {
    return request.query().isEmpty() ? path : path + "?" + request.query();
  }
}
