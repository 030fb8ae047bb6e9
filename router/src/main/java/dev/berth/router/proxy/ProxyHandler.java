package dev.berth.router.proxy;

import dev.berth.router.balance.Burden;
import dev.berth.router.balance.Splitter;
import dev.berth.router.metrics.RouterMetrics;
import dev.berth.router.table.LiveRoute;
import dev.berth.router.table.Switchboard;
import dev.berth.serving.http.Answer;
import dev.berth.serving.http.Handler;
import dev.berth.serving.http.HeldBytes;
import dev.berth.serving.http.Request;
import dev.berth.serving.http.Transport;
import dev.berth.serving.route.RouteLimits;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireError;
import dev.berth.serving.wire.WireHeaders;
import dev.berth.serving.wire.WirePaths;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Optional;

/** The router's data port. */
public final class ProxyHandler implements Handler {
  static final String CROWDED = "the endpoint's servers have no room for such a request: try again";

  private static final byte[] PONG = {};

  /** What request bodies may keep in case they are needed once more, all together. */
  private static final long KEPT_BODIES_BYTES = 64L << 20;

  private final Switchboard switchboard;
  private final RouterMetrics metrics;
  private final FastThreadLocal<LoopCalls> loops;

  public ProxyHandler(Switchboard switchboard, RouterMetrics metrics) {
    this.switchboard = switchboard;
    this.metrics = metrics;
    Transport transport = Transport.best();
    HeldBytes room = new HeldBytes(KEPT_BODIES_BYTES);
    this.loops =
        new FastThreadLocal<>() {
          @Override
          protected LoopCalls initialValue() {
            return new LoopCalls(new UpstreamPool(transport), switchboard, metrics, room);
          }
        };
  }

  @Override
  public Answer handle(Request request) {
    if (request.path().equals(WirePaths.PING)) {
      return ping();
    }
    Optional<Answer> own = OpenInferenceFront.answer(request, switchboard.loaded());
    if (own.isPresent()) {
      return own.get();
    }
    Optional<Dispatch> dispatch = Dispatch.of(request, switchboard.routes());
    if (dispatch.isEmpty()) {
      return refuse(
          ErrorCode.NOT_FOUND,
          "no such endpoint here: call /endpoints/{endpoint}/invocations, /invocations with Host"
              + " {endpoint}.{namespace}, or /v2/models/{endpoint}/infer");
    }
    LiveRoute route = dispatch.get().route();
    Optional<String> fault = fault(request);
    if (fault.isPresent()) {
      return refuse(ErrorCode.VALIDATION, fault.get());
    }
    if (request.body().readableBytes() > route.limits().maxBodyBytes()) {
      return refuse(
          ErrorCode.TOO_LARGE,
          "the body is larger than " + route.limits().maxBodyBytes() + " bytes, the limit here");
    }
    if (splitter(request, route).isEmpty()) {
      return refuse(ErrorCode.NOT_FOUND, "endpoint '" + route.endpoint() + "' has no such variant");
    }
    return Answer.streamed(
        client -> {
          LoopCalls loop = loops.get();
          Forwarded forwarded =
              new Forwarded(request, dispatch.get().target(), client.bodyComplete());
          loop.begin(new Call(loop, client, forwarded, route));
        });
  }

  /** What every server that it could go to has just refused is not passed on. */
  @Override
  public Optional<Answer.Whole> refusal(Request head, long bodyBytes) {
    Burden burden = Burdens.of(head, bodyBytes);
    return Dispatch.of(head, switchboard.routes())
        .flatMap(dispatch -> splitter(head, dispatch.route()))
        .filter(splitter -> splitter.refuses(burden))
        .map(splitter -> crowded(head, splitter));
  }

  @Override
  public long bodyLimit(Request head) {
    return Dispatch.of(head, switchboard.routes())
        .map(dispatch -> dispatch.route().limits())
        .orElse(RouteLimits.DEFAULT)
        .maxBodyBytes();
  }

  @Override
  public boolean streams(Request head) {
    return true;
  }

  private Answer ping() {
    return switchboard.loaded()
        ? Answer.of(200, "text/plain", PONG)
        : refuse(ErrorCode.UNAVAILABLE, "no route table yet").withHeader("retry-after", "1");
  }

  private Answer.Whole refuse(ErrorCode code, String message) {
    metrics.refused(code.status());
    return Answer.error(new WireError(code, message, RequestIds.next()));
  }

  private static Optional<Splitter> splitter(Request request, LiveRoute route) {
    String variant = request.headers().get(WireHeaders.TARGET_VARIANT);
    return variant == null ? Optional.of(route.all()) : route.variant(variant);
  }

  /** Counted where it would have gone, as if a server had said so. */
  private static Answer.Whole crowded(Request head, Splitter splitter) {
    splitter.draw().ifPresent(fleet -> fleet.meter().answered(ErrorCode.NOT_READY.status(), 0));
    String id = RequestIds.next();
    return Answer.error(new WireError(ErrorCode.NOT_READY, CROWDED, id))
        .withHeader(HttpHeaderNames.RETRY_AFTER, 1)
        .withHeader(WireHeaders.INFERENCE_ID, head.header(WireHeaders.INFERENCE_ID).orElse(id));
  }

  private static Optional<String> fault(Request request) {
    String inferenceId = request.headers().get(WireHeaders.INFERENCE_ID);
    if (inferenceId != null && inferenceId.length() > WireHeaders.MAX_INFERENCE_ID) {
      return Optional.of("the inference id is longer than 64 characters");
    }
    String attributes = request.headers().get(WireHeaders.CUSTOM_ATTRIBUTES);
    if (attributes != null && attributes.length() > WireHeaders.MAX_CUSTOM_ATTRIBUTES) {
      return Optional.of("the custom attributes are longer than 1024 characters");
    }
    return Optional.empty();
  }
}
