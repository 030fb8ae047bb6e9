package dev.berth.modelserver;

import static dev.berth.modelserver.InferenceMessages.field;
import static dev.berth.modelserver.InferenceMessages.message;
import static dev.berth.modelserver.InferenceMessages.method;
import static dev.berth.modelserver.ServerFixture.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.berth.modelserver.zoo.Zoo;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Open Inference Protocol over gRPC, asked by gRPC's own client with the .proto we hand out.
 */
class GrpcTest {
  @TempDir Path directory;
  private ServerFixture server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    server =
        new ServerFixture(
            directory,
            List.of(
                model("houses", Zoo.file("xgb-3.0.5/feature-names/model.ubj", directory)),
                model(
                    "labels",
                    Zoo.file("xgb-3.0.5/binary-logistic/model.json", directory),
                    "output",
                    Map.of("labels", List.of("no", "yes"), "select", "Label"))));
    server.service().load();
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.service().grpcPort().orElseThrow())
            .usePlaintext()
            .build();
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    server.close();
  }

  @Test
  void saysWhatItIs() throws Exception {
    assertThat(ask("ServerLive", "")).isEqualTo("live: true");
    assertThat(ask("ServerReady", "")).isEqualTo("ready: true");
    assertThat(ask("ModelReady", "name: 'houses'")).isEqualTo("ready: true");
    assertThat(ask("ServerMetadata", "")).startsWith("name: \"berth\"");
    assertThat(ask("ModelMetadata", "name: 'houses' version: '1'"))
        .isEqualTo(
            "name: \"houses\" versions: \"1\" platform: \"xgboost\""
                + " inputs { name: \"input-0\" datatype: \"FP32\" shape: -1 shape: 8 }"
                + " outputs { name: \"predict\" datatype: \"FP32\" shape: -1 }");
  }

  @Test
  void infersWhatInvocationsAnswer() throws Exception {
    String csv = Zoo.csv("xgb-3.0.5/feature-names");
    List<String> expected =
        server
            .invoke("text/csv", csv, "x-amzn-sagemaker-target-model", "houses")
            .body()
            .lines()
            .toList();
    JsonNode inputs = Zoo.answers("xgb-3.0.5/feature-names").get("inputs");
    ByteBuffer raw = ByteBuffer.allocate(4 * 8 * inputs.size()).order(ByteOrder.LITTLE_ENDIAN);
    inputs.forEach(
        row ->
            row.forEach(v -> raw.putFloat(v.isNull() ? Float.NaN : Float.parseFloat(v.asText()))));
    DynamicMessage.Builder request =
        message(
            "ModelInferRequest",
            "model_name: 'houses' id: 'x' inputs { name: 'any' datatype: 'FP32' shape: "
                + inputs.size()
                + " shape: 8 }");
    request.addRepeatedField(
        request.getDescriptorForType().findFieldByName("raw_input_contents"),
        ByteString.copyFrom(raw.array()));
    Message answer = call("ModelInfer", request.build());
    assertThat(field(answer, "id")).isEqualTo("x");
    ByteString out = (ByteString) ((List<?>) field(answer, "raw_output_contents")).getFirst();
    ByteBuffer floats = out.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    for (String line : expected) {
      assertThat(floats.getFloat()).isEqualTo(Float.parseFloat(line));
    }
    assertThat(floats.hasRemaining()).isFalse();
  }

  @Test
  void takesTheSameMessagesOverHttp() throws Exception {
    Message request =
        message(
                "ModelInferRequest",
                "model_name: 'ignored' id: 'x' inputs { name: 'x' datatype: 'FP32' shape: [1, 8]"
                    + " contents { fp32_contents: [0, 1, 2, 3, 4, 5, 6, 7] } }")
            .build();
    HttpResponse<byte[]> answer = post("/v2/models/houses/infer", request.toByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/protobuf");
    Message named =
        message("ModelInferRequest", request.toString().replace("ignored", "houses")).build();
    assertThat(answer.body()).isEqualTo(call("ModelInfer", named).toByteArray());
    HttpResponse<byte[]> refused = post("/v2/models/houses/infer", new byte[] {10, 100});
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(new String(refused.body(), StandardCharsets.UTF_8))
        .contains("{\"error\":\"field 1 is longer than its message\"}");
    HttpResponse<byte[]> metadata =
        ServerFixture.CLIENT.send(
            HttpRequest.newBuilder(uri("/v2/models/houses"))
                .header("accept", "application/protobuf")
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(metadata.body())
        .isEqualTo(
            call("ModelMetadata", message("ModelMetadataRequest", "name: 'houses'").build())
                .toByteArray());
  }

  private HttpResponse<byte[]> post(String path, byte[] message) throws Exception {
    return ServerFixture.CLIENT.send(
        HttpRequest.newBuilder(uri(path))
            .header("content-type", "application/protobuf")
            .POST(BodyPublishers.ofByteArray(message))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.service().port() + path);
  }

  @Test
  void everyKindOfContentsIsTheSameRow() throws Exception {
    List<String> answers = new ArrayList<>();
    for (String contents :
        List.of(
            "datatype: 'FP32' contents { fp32_contents: [0, 1, 2, 3, 4, 5, 6, 7] }",
            "datatype: 'FP64' contents { fp64_contents: [0, 1, 2, 3, 4, 5, 6, 7] }",
            "datatype: 'INT8' contents { int_contents: [0, 1, 2, 3, 4, 5, 6, 7] }",
            "datatype: 'INT64' contents { int64_contents: [0, 1, 2, 3, 4, 5, 6, 7] }",
            "datatype: 'UINT16' contents { uint_contents: [0, 1, 2, 3, 4, 5, 6, 7] }",
            "datatype: 'UINT64' contents { uint64_contents: [0, 1, 2, 3, 4, 5, 6, 7] }",
            "datatype: 'BYTES' contents { bytes_contents: ['0', '1', '2', '3', '4', '5', '6', '7'] }")) {
      answers.add(
          ask(
              "ModelInfer",
              "model_name: 'houses' inputs { name: 'x' shape: [1, 8] " + contents + " }"));
    }
    assertThat(answers)
        .containsOnly(answers.getFirst())
        .first()
        .asString()
        .contains("contents { fp32_contents: ");
    assertThat(
            ask(
                "ModelInfer",
                "model_name: 'labels' inputs { name: 'x' shape: [1, 8] datatype: 'INT32'"
                    + " contents { int_contents: [0, 1, 2, 3, 4, 5, 6, 7] } }"))
        .containsPattern("datatype: \"BYTES\" shape: 1 contents . bytes_contents: \"(no|yes)\"");
  }

  @Test
  void refusesWithWords() {
    refused("ModelReady", "name: 'none'", Status.Code.NOT_FOUND, "there are: houses, labels");
    refused("ModelMetadata", "name: 'houses' version: '2'", Status.Code.NOT_FOUND, "only '1'");
    refused(
        "ModelInfer",
        "model_name: 'houses' inputs { name: 'x' datatype: 'FP32' shape: [1, 7] }",
        Status.Code.INVALID_ARGUMENT,
        "its shape is [1, 7], the model takes [rows, 8]");
    refused(
        "ModelInfer",
        "model_name: 'houses' inputs { name: 'ü%' datatype: 'INT8' shape: [1, 8]"
            + " contents { int_contents: [300] } }",
        Status.Code.INVALID_ARGUMENT,
        "row 1, column 'crim': 300 is no INT8");
    refused(
        "ModelInfer",
        "model_name: 'houses' inputs { name: 'ü%' datatype: 'FP32' shape: [1, 8] }",
        Status.Code.INVALID_ARGUMENT,
        "input 'ü%': its contents have fewer elements");
    refused("ModelInfer", "model_name: 'houses'", Status.Code.INVALID_ARGUMENT, "no inputs");
    refused("Nothing", "", Status.Code.UNIMPLEMENTED, "/inference.GRPCInferenceService/Nothing");
  }

  @Test
  void largeAndPackedMessagesArriveWhole() throws Exception {
    String rows = "1, 2, 3, 4, 5, 6, 7, 8, ".repeat(20_000);
    String request =
        "model_name: 'houses' inputs { name: 'x' datatype: 'INT32' shape: [20000, 8]"
            + " contents { int_contents: ["
            + rows.substring(0, rows.length() - 2)
            + "] } }";
    DynamicMessage message = message("ModelInferRequest", request).build();
    Message plain = call("ModelInfer", message);
    Message packed = call("ModelInfer", message, CallOptions.DEFAULT.withCompression("gzip"));
    assertThat(packed).isEqualTo(plain);
    assertThat(plain.toString()).contains("shape: 20000");
    String tooLarge = "model_name: '" + "x".repeat(2 << 20) + "'";
    for (String coding : List.of("gzip", "identity")) {
      DynamicMessage bomb = message("ModelInferRequest", tooLarge).build();
      assertThatThrownBy(
              () -> call("ModelInfer", bomb, CallOptions.DEFAULT.withCompression(coding)))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
    }
  }

  @Test
  void aStoppingServerFinishesWhatRuns() throws Exception {
    assertThat(ask("ServerReady", "")).isEqualTo("ready: true");
    DynamicMessage.Builder request =
        message(
            "ModelInferRequest",
            "model_name: 'houses' inputs { name: 'x' datatype: 'FP32' shape: [30000, 8] }"
                + " outputs { name: 'contributions' }");
    request.addRepeatedField(
        request.getDescriptorForType().findFieldByName("raw_input_contents"),
        ByteString.copyFrom(new byte[30_000 * 32]));
    List<Future<Message>> running = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      running.add(
          ClientCalls.futureUnaryCall(
              channel.newCall(method("ModelInfer"), CallOptions.DEFAULT), request.build()));
    }
    // Some of the calls are being answered by now, some may still be on their way.
    assertThat(server.service().drain()).isTrue();
    for (Future<Message> call : running) {
      try {
        assertThat((List<?>) field(call.get(), "raw_output_contents")).hasSize(1);
      } catch (ExecutionException e) {
        // Begun after the client heard that we leave: it knows that it may ask elsewhere.
        assertThat(Status.fromThrowable(e).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }
    }
  }

  private void refused(String method, String request, Status.Code code, String words) {
    assertThatThrownBy(() -> ask(method, request))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(e.getStatus().getDescription()).contains(words);
            });
  }

  private String ask(String method, String request) throws Exception {
    String type = method.equals("Nothing") ? "ServerLive" : method;
    return TextFormat.printer()
        .emittingSingleLine(true)
        .printToString(call(method, message(type + "Request", request).build()))
        .strip();
  }

  private Message call(String method, Message request) {
    return call(method, request, CallOptions.DEFAULT);
  }

  private Message call(String method, Message request, CallOptions options) {
    return ClientCalls.blockingUnaryCall(channel, method(method), options, request);
  }
}
