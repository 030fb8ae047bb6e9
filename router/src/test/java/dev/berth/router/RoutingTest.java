package dev.berth.router;

import static dev.berth.router.RouterFixture.fleet;
import static dev.berth.router.RouterFixture.limited;
import static dev.berth.router.RouterFixture.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.berth.router.RawClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How requests find their server and what they and their answers look like on the way. */
class RoutingTest {
  @TempDir private Path directory;
  private final ModelStub echo = ModelStub.answering(ModelStub::told);
  private final ModelStub stable = ModelStub.named("stable");
  private final ModelStub canary = ModelStub.named("canary");

  @AfterEach
  void stop() {
    echo.close();
    stable.close();
    canary.close();
  }

  private RouterFixture router() throws Exception {
    return new RouterFixture(
        directory,
        route("echo", 1, fleet("only", 1, echo.address())),
        route(
            "split",
            1,
            fleet("stable", 0.9, stable.address()),
            fleet("canary", 0.1, canary.address()),
            fleet("dark", 0, echo.address())));
  }

  @Test
  void callsByPathHostAndKserve() throws Exception {
    try (RouterFixture router = router();
        RawClient client = router.client()) {
      Reply reply = client.invoke("echo", "1,2", "Content-Type: text/csv");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body())
          .startsWith("POST /invocations\n")
          .contains("Content-Type=text/csv\n")
          .contains("host=" + echo.address() + "\n")
          .endsWith("\n1,2");
      assertThat(client.post("/invocations?a=b", "x", "Host: echo.default.svc:80").body())
          .startsWith("POST /invocations?a=b\n");
      assertThat(client.post("/v1/models/echo:predict", "{}").body())
          .startsWith("POST /v1/models/-:predict\n");
      client.send("GET /v1/models/echo HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.read(false).body()).startsWith("GET /v1/models/-\n");
      client.send("HEAD /invocations HTTP/1.1\r\nHost: echo\r\n\r\n");
      Reply head = client.read(true);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-length")).isNotEqualTo("0");
      assertThat(client.invoke("echo", "still in step").body()).endsWith("still in step");
    }
  }

  @Test
  void theOpenInferenceProtocolLeadsToTheServersOnlyModel() throws Exception {
    try (RouterFixture router = router();
        RawClient client = router.client()) {
      assertThat(client.post("/v2/models/echo/infer?a=b", "{}").body())
          .startsWith("POST /v2/models/-/infer?a=b\n");
      assertThat(client.post("/v2/models/echo/versions/1/infer", "{}").body())
          .startsWith("POST /v2/models/-/versions/1/infer\n");
      assertThat(get(client, "/v2/models/echo").body()).startsWith("GET /v2/models/-\n");
      assertThat(get(client, "/v2/models/echo/ready").body())
          .startsWith("GET /v2/models/-/ready\n");
      assertThat(get(client, "/v2").body())
          .contains("\"name\":\"berth\"")
          .contains("binary_tensor_data");
      assertThat(get(client, "/v2/health/live").body()).isEqualTo("{\"live\":true}");
      assertThat(get(client, "/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
      assertThat(get(client, "/v2/models/other/ready").status()).isEqualTo(404);
      assertThat(get(client, "/v2/models/").status()).isEqualTo(404);
      assertThat(client.post("/v2/health/live", "").status()).isEqualTo(404);
    }
  }

  private static Reply get(RawClient client, String path) throws IOException {
    client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    return client.read(false);
  }

  @Test
  void unknownPathsEndpointsAndVariantsAre404AndNameNobody() throws Exception {
    try (RouterFixture router = router();
        RawClient client = router.client()) {
      for (String path :
          new String[] {
            "/", "/endpoints/other/invocations", "/endpoints//invocations",
                "/endpoints/invocations",
            "/endpoints/echo/other", "/invocations", "/v1/models/other:predict", "/v1/models/",
            "/models", "/endpoints/echo/../split/invocations"
          }) {
        Reply reply = client.post(path, "");
        assertThat(reply.status()).as(path).isEqualTo(404);
        assertThat(reply.body())
            .contains("\"code\":\"NotFound\"")
            .doesNotContain("split", "canary");
      }
      Reply reply = client.invoke("split", "", "X-Amzn-SageMaker-Target-Variant: other");
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.body()).doesNotContain("canary");
    }
  }

  @Test
  void pingIsTheRoutersOwn() throws Exception {
    try (RouterFixture router = router();
        RawClient client = router.client()) {
      client.send("GET /ping HTTP/1.1\r\nHost: echo\r\n\r\n");
      assertThat(client.read(false).status()).isEqualTo(200);
      assertThat(echo.requests()).isZero();
      assertThat(router.adminStatus("/live").statusCode()).isEqualTo(200);
      assertThat(router.adminStatus("/ready").statusCode()).isEqualTo(200);
      assertThat(router.adminStatus("/other").statusCode()).isEqualTo(404);
      assertThat(router.admin("/table"))
          .contains("{\"endpoint\":\"echo\",\"namespace\":\"default\",\"generation\":1}");
    }
  }

  @Test
  void splitsByWeightOverConnectionsAndLoops() throws Exception {
    try (RouterFixture router = router()) {
      SteadyLoad load = SteadyLoad.start(router.port(), "split", 8);
      load.more(5000);
      assertThat(load.stop()).isEmpty();
      assertThat((double) load.answered("canary") / load.count()).isCloseTo(0.1, within(0.001));
      assertThat(echo.requests()).isZero();
      assertThat(router.metric("berth_router_requests_total", "variant=\"canary\"", "code=\"200\""))
          .isEqualTo((double) load.answered("canary"));
      assertThat(router.metric("berth_router_request_duration_seconds_count", "\"stable\""))
          .isEqualTo((double) load.answered("stable"));
      assertThat(router.metric("berth_router_in_flight")).isZero();
    }
  }

  @Test
  void whoAsksForAVariantGetsIt() throws Exception {
    try (RouterFixture router = router();
        RawClient client = router.client()) {
      for (int i = 0; i < 20; i++) {
        Reply reply = client.invoke("split", "", "X-Amzn-SageMaker-Target-Variant: canary");
        assertThat(reply.body()).isEqualTo("canary");
        assertThat(reply.header("x-amzn-invoked-production-variant")).isEqualTo("canary");
      }
      Reply dark = client.invoke("split", "", "X-Amzn-SageMaker-Target-Variant: dark");
      assertThat(dark.header("x-amzn-invoked-production-variant")).isEqualTo("dark");
    }
  }

  @Test
  void idsAndAttributesTravel() throws Exception {
    try (RouterFixture router = router();
        RawClient client = router.client()) {
      Reply made = client.invoke("echo", "");
      String id = made.header("x-amzn-sagemaker-inference-id");
      assertThat(id).hasSize(36);
      assertThat(made.body()).contains("x-amzn-sagemaker-inference-id=" + id);
      Reply given =
          client.invoke(
              "echo",
              "",
              "X-Amzn-SageMaker-Inference-Id: mine",
              "X-Amzn-SageMaker-Custom-Attributes: trace=1");
      assertThat(given.header("x-amzn-sagemaker-inference-id")).isEqualTo("mine");
      assertThat(given.header("x-amzn-sagemaker-custom-attributes")).isEqualTo("trace=1");
      assertThat(given.body()).contains("Custom-Attributes=trace=1");
      String tooLong = "X-Amzn-SageMaker-Inference-Id: " + "i".repeat(65);
      assertThat(client.invoke("echo", "", tooLong).status()).isEqualTo(400);
      String attributes = "X-Amzn-SageMaker-Custom-Attributes: " + "a".repeat(1025);
      assertThat(client.invoke("echo", "", attributes).status()).isEqualTo(400);
    }
  }

  @Test
  void whatConcernsOneConnectionDoesNotCross() throws Exception {
    try (RouterFixture router = router();
        RawClient client = router.client()) {
      Reply reply =
          client.invoke(
              "echo",
              "abc",
              "Connection: keep-alive, X-Private, Host, Content-Length",
              "X-Private: 1",
              "Keep-Alive: timeout=5",
              "TE: trailers",
              "Proxy-Authorization: x",
              "Upgrade: h2c",
              "X-Public: 1");
      assertThat(reply.body())
          .contains("X-Public=1")
          .contains("via=1.1 berth")
          .endsWith("\nabc")
          .doesNotContainIgnoringCase("x-private")
          .doesNotContainIgnoringCase("keep-alive")
          .doesNotContainIgnoringCase("upgrade")
          .doesNotContainIgnoringCase("\nte=")
          .doesNotContainIgnoringCase("proxy-");
      Reply ordinary =
          client.invoke(
              "echo",
              "abc",
              "Connection: Keep-Alive",
              "Connection: X-Private, Host",
              "X-Private: 1",
              "Keep-Alive: timeout=5",
              "Proxy-Connection: keep-alive",
              "X-Public: 1",
              "X-Private: 2");
      assertThat(ordinary.body())
          .contains("X-Public=1")
          .endsWith("\nabc")
          .doesNotContainIgnoringCase("x-private")
          .doesNotContainIgnoringCase("keep-alive")
          .doesNotContainIgnoringCase("proxy-");
    }
  }

  @Test
  void bodiesAreBoundedByTheRoute() throws Exception {
    try (RouterFixture router =
            new RouterFixture(
                directory,
                limited(route("small", 1, fleet("v", 1, echo.address())), 10, 60, 1),
                limited(route("large", 1, fleet("v", 1, echo.address())), 5_000_000, 60, 1));
        RawClient client = router.client()) {
      assertThat(client.invoke("small", "0123456789").status()).isEqualTo(200);
      Reply refused = client.invoke("small", "0123456789a");
      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.body()).contains("10 bytes");
      String large = "x".repeat(5_000_000);
      assertThat(client.invoke("large", large).body()).endsWith("\n" + large);
      client.send("POST /endpoints/large/invocations HTTP/1.1\r\nHost: x\r\n");
      client.send("Content-Length: 5000001\r\n\r\n");
      assertThat(client.read(false).status()).isEqualTo(413);
      assertThat(client.ended()).isTrue();
      assertThat(echo.requests()).isEqualTo(2);
    }
  }

  @Test
  void aChunkedRequestGoesOnWithItsLength() throws Exception {
    try (RouterFixture router = router();
        RawClient client = router.client()) {
      client.send("POST /endpoints/echo/invocations HTTP/1.1\r\nHost: x\r\n");
      client.send("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
      assertThat(client.read(false).body())
          .contains("content-length=5\n")
          .endsWith("\nabcde")
          .doesNotContainIgnoringCase("transfer-encoding");
      client.send("POST /endpoints/echo/invocations HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n");
      String twoLengths = "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
      assertThat(client.send(twoLengths).read(false).status()).isEqualTo(400);
      assertThat(client.ended()).isTrue();
    }
  }
}
