package dev.berth.router;

import static dev.berth.router.RouterFixture.fleet;
import static dev.berth.router.RouterFixture.limited;
import static dev.berth.router.RouterFixture.route;
import static dev.berth.router.RouterFixture.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.serving.grpc.GrpcClient;
import dev.berth.serving.http.Answer;
import dev.berth.serving.protobuf.ProtobufReader;
import dev.berth.serving.protobuf.ProtobufWriter;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** gRPC's client before the router, servers that speak HTTP behind it. */
@Timeout(120)
class GrpcTest {
  private static final byte[] TRUE = new ProtobufWriter().bool(1, true).toBytes();
  private static final byte[] FALSE = {};

  @TempDir private Path directory;

  private static byte[] named(String name, String... more) {
    ProtobufWriter message = new ProtobufWriter().string(1, name);
    for (String version : more) {
      message.string(2, version);
    }
    return message.toBytes();
  }

  private static Answer.Whole message(byte[] bytes) {
    return Answer.of(200, "application/protobuf", bytes);
  }

  private static GrpcClient client(RouterFixture router) {
    return new GrpcClient(router.process().grpcPort().orElseThrow());
  }

  @Test
  void aCallIsTheSameRequestAsOverHttpAndItsAnswerTheMessage() throws Exception {
    try (ModelStub server =
            ModelStub.answering(
                request -> Answer.of(200, "application/protobuf", ModelStub.told(request).body()));
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, server.address())));
        GrpcClient client = client(router)) {
      byte[] request = new ProtobufWriter().string(3, "an id").string(1, "e").toBytes();
      String told =
          new String(
              client.call(
                  "ModelInfer",
                  request,
                  "x-amzn-sagemaker-inference-id",
                  "mine",
                  "accept-encoding",
                  "gzip",
                  "traceparent",
                  "00-1-2-03"),
              UTF_8);
      assertThat(told)
          .startsWith("POST /v2/models/-/infer\n")
          .contains("\ncontent-type=application/protobuf\n")
          .contains("\ntraceparent=00-1-2-03\n")
          .contains("\nvia=1.1 berth\n")
          .contains("\nhost=" + server.address() + "\n")
          .doesNotContain("accept-encoding", "\ngrpc-", "\nte=")
          .endsWith("\n" + new String(request, UTF_8));
      assertThat(client.header("x-amzn-invoked-production-variant")).isEqualTo("v");
      assertThat(client.header("x-amzn-sagemaker-inference-id")).isEqualTo("mine");
      assertThat(client.header("x-amzn-requestid")).isNotEmpty();
      assertThat(new String(client.call("ModelMetadata", named("e", "1")), UTF_8))
          .startsWith("GET /v2/models/-/versions/1\n")
          .contains("\naccept=application/protobuf\n");
      assertThat(router.metric("berth_router_requests_total", "code=\"200\"")).isEqualTo(2);
    }
  }

  @Test
  void theRouterSpeaksForItselfAndForModelsThatAreReady() throws Exception {
    try (ModelStub ready = ModelStub.named("up");
        ModelStub unready = ModelStub.answering(_ -> ModelStub.text(503, "{\"ready\":false}"));
        RouterFixture router =
            new RouterFixture(
                directory,
                route("up", 1, fleet("v", 1, ready.address())),
                route("down", 1, fleet("v", 1, unready.address())));
        GrpcClient client = client(router)) {
      assertThat(client.call("ServerLive", FALSE)).isEqualTo(TRUE);
      assertThat(client.call("ServerReady", FALSE)).isEqualTo(TRUE);
      byte[] metadata = client.call("ServerMetadata", FALSE);
      ProtobufReader fields = new ProtobufReader(metadata, 0, metadata.length);
      assertThat(fields.next()).isTrue();
      assertThat(fields.string()).isEqualTo("berth");
      assertThat(client.call("ModelReady", named("up"))).isEqualTo(TRUE);
      assertThat(client.call("ModelReady", named("down"))).isEqualTo(FALSE);
      assertThat(client.failure("ModelReady", named("none")).getCode()).isEqualTo(Code.NOT_FOUND);
      assertThat(client.failure("Nothing", FALSE).getCode()).isEqualTo(Code.UNIMPLEMENTED);
    }
    Path empty = Files.createDirectory(directory.resolve("none"));
    try (RouterFixture router = RouterFixture.withoutTable(empty);
        GrpcClient client = client(router)) {
      assertThat(client.call("ServerLive", FALSE)).isEqualTo(TRUE);
      assertThat(client.call("ServerReady", FALSE)).isEqualTo(FALSE);
    }
  }

  @Test
  void failuresKeepTheirWords() throws Exception {
    try (ModelStub picky =
            ModelStub.answering(_ -> ModelStub.text(400, "{\"error\":\"row 1 is too short\"}"));
        ModelStub broken =
            ModelStub.answering(_ -> ModelStub.text(500, "{\"message\":\"by zero\"}"));
        ModelStub busy =
            ModelStub.answering(_ -> ModelStub.text(429, "full").withHeader("retry-after", "1"));
        ModelStub other = ModelStub.named("no protobuf");
        FaultyServer hanging = new FaultyServer(FaultyServer.Fault.HANG);
        FaultyServer breaking = new FaultyServer(FaultyServer.Fault.BREAK_OFF_IN_HEAD);
        RouterFixture router =
            new RouterFixture(
                directory,
                route("picky", 1, fleet("v", 1, picky.address())),
                route("broken", 1, fleet("v", 1, broken.address())),
                route("busy", 1, fleet("v", 1, busy.address())),
                route("other", 1, fleet("v", 1, other.address())),
                route("breaking", 1, fleet("v", 1, breaking.address())),
                limited(route("hanging", 1, fleet("v", 1, hanging.address())), 100, 1, 1));
        GrpcClient client = client(router)) {
      fails(client, named("picky"), Code.INVALID_ARGUMENT, "row 1 is too short");
      fails(client, named("broken"), Code.INTERNAL, "the model answered 500: by zero");
      fails(client, named("busy"), Code.RESOURCE_EXHAUSTED, "full");
      assertThat(client.header("retry-after")).isEqualTo("1");
      fails(client, named("other"), Code.UNIMPLEMENTED, "speaks no gRPC");
      fails(client, named("breaking"), Code.INTERNAL, "broke off");
      fails(client, named("hanging"), Code.DEADLINE_EXCEEDED, "within 1 s");
      until(() -> hanging.closedByPeer() == 1);
      fails(client, named("hanging", "x".repeat(200)), Code.RESOURCE_EXHAUSTED, "100 bytes");
      fails(client, named("none"), Code.NOT_FOUND, "no such endpoint");
      fails(client, new byte[] {10, 100}, Code.INVALID_ARGUMENT, "longer than its message");
      Status variant =
          client.failure("ModelInfer", named("picky"), "x-amzn-sagemaker-target-variant", "nobody");
      assertThat(variant.getCode()).isEqualTo(Code.NOT_FOUND);
    }
  }

  private static void fails(GrpcClient client, byte[] request, Code code, String words) {
    Status status = client.failure("ModelInfer", request);
    assertThat(status.getDescription()).contains(words);
    assertThat(status.getCode()).isEqualTo(code);
  }

  @Test
  void aNameNeverBecomesMoreThanOnePartOfAPath() throws Exception {
    try (ModelStub server = ModelStub.answering(r -> message(r.target().getBytes(UTF_8)));
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, server.address())));
        GrpcClient client = client(router)) {
      for (String name : List.of("e/x", "e HTTP/1.1\r\nHost: x\r\n\r\n", "e?x", "../e", "", "é")) {
        assertThat(client.failure("ModelInfer", named(name)).getCode())
            .as(name)
            .isEqualTo(Code.NOT_FOUND);
      }
      assertThat(server.requests()).isZero();
      String version = "1 HTTP/1.1\r\nHost: x\r\n\r\nGET /";
      assertThat(new String(client.call("ModelInfer", named("e", version)), UTF_8))
          .isEqualTo(
              "/v2/models/-/versions/1%20HTTP%2F1.1%0D%0AHost%3A%20x%0D%0A%0D%0AGET%20%2F/infer");
    }
  }

  @Test
  void aDeadServersCallsGoToAnotherAndTheSplitIsKept() throws Exception {
    try (FaultyServer dead = new FaultyServer(FaultyServer.Fault.CLOSE);
        ModelStub good = ModelStub.answering(_ -> message(TRUE));
        ModelStub one = ModelStub.answering(_ -> message(TRUE));
        RouterFixture router =
            new RouterFixture(
                directory,
                route(
                    "e",
                    1,
                    fleet("v", 3, dead.address(), good.address()),
                    fleet("w", 1, one.address())));
        GrpcClient client = client(router)) {
      for (int i = 0; i < 400; i++) {
        assertThat(client.call("ModelInfer", named("e"))).isEqualTo(TRUE);
      }
      assertThat(one.requests()).isBetween(98, 102);
      assertThat(good.requests()).isEqualTo(400 - one.requests());
      assertThat(dead.requests()).isPositive();
    }
  }

  @Test
  void largeMessagesGoBothWays() throws Exception {
    byte[] large = new byte[5 << 20];
    new Random(1).nextBytes(large);
    try (ModelStub server =
            ModelStub.answering(
                request -> Answer.of(200, "application/protobuf", request.body().copy()));
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, server.address())));
        GrpcClient client = client(router)) {
      byte[] request = new ProtobufWriter().string(1, "e").bytes(7, large).toBytes();
      for (int i = 0; i < 5; i++) {
        assertThat(client.call("ModelInfer", request)).isEqualTo(request);
      }
    }
  }

  @Test
  void aCancelledCallLeavesItsServer() throws Exception {
    try (FaultyServer hanging = new FaultyServer(FaultyServer.Fault.HANG);
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, hanging.address())));
        GrpcClient client = client(router)) {
      Future<byte[]> call = client.begin("ModelInfer", named("e"));
      until(() -> hanging.requests() == 1);
      call.cancel(true);
      until(() -> hanging.closedByPeer() == 1);
      until(() -> router.metric("berth_router_requests_total", "code=\"499\"") == 1);
      assertThat(router.metric("berth_router_in_flight")).isZero();
    }
  }

  @RepeatedTest(10) // what comes last is lost now and then when a connection is closed wrongly
  void aStoppingRouterFinishesWhatRuns() throws Exception {
    try (ModelStub slow =
            ModelStub.answering(
                _ ->
                    Answer.later(
                        task -> Thread.ofVirtual().start(task),
                        () -> {
                          Thread.sleep(300);
                          return message(TRUE);
                        }));
        RouterFixture router =
            new RouterFixture(directory, route("e", 1, fleet("v", 1, slow.address())));
        GrpcClient client = client(router)) {
      List<Future<byte[]>> running = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        running.add(client.begin("ModelInfer", named("e")));
      }
      until(() -> slow.requests() == 20);
      router.process().drain();
      for (Future<byte[]> call : running) {
        assertThat(call.get()).isEqualTo(TRUE);
      }
      Future<byte[]> late = client.begin("ModelInfer", named("e"));
      try {
        late.get();
        throw new AssertionError("a stopped router has answered");
      } catch (ExecutionException e) {
        assertThat(Status.fromThrowable(e).getCode()).isEqualTo(Code.UNAVAILABLE);
      }
    }
  }
}
