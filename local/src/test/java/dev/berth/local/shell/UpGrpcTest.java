package dev.berth.local.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.serving.grpc.GrpcClient;
import dev.berth.serving.protobuf.ProtobufWriter;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** gRPC through the router to real model servers says what HTTP says. */
@Timeout(300)
class UpGrpcTest {
  private static final float[] ROW = {
    0.00632f, 18, 2.31f, 0, 0.538f, 6.575f, 65.2f, 4.09f, 1, 296, 15.3f, 396.9f, 4.98f
  };

  @TempDir private Path temporary;

  @Test
  void infersByTheEndpointsName() throws Exception {
    HousingFolder.in(temporary);
    int port = freePort();
    try (RunningShell shell = RunningShell.start(temporary, "--port=0", "--grpc-port=" + port);
        GrpcClient client = new GrpcClient(port)) {
      shell.awaitInService("housing", "boston-v1");
      byte[] answer = client.call("ModelInfer", GrpcClient.inference("housing", ROW));
      assertThat(GrpcClient.prediction(answer)).isEqualTo(overHttp(shell.port()));
      byte[] housing = new ProtobufWriter().string(1, "housing").toBytes();
      assertThat(client.call("ModelReady", housing))
          .isEqualTo(new ProtobufWriter().bool(1, true).toBytes());
      byte[] metadata = client.call("ModelMetadata", housing);
      assertThat(new String(metadata, StandardCharsets.ISO_8859_1)).contains("xgboost", "predict");
    }
  }

  private static float overHttp(int port) throws Exception {
    StringBuilder data = new StringBuilder();
    for (float value : ROW) {
      data.append(data.isEmpty() ? "" : ",").append(value);
    }
    String body =
        "{\"inputs\":[{\"name\":\"row\",\"datatype\":\"FP32\",\"shape\":[1,13],\"data\":[%s]}]}"
            .formatted(data);
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + "/v2/models/housing/infer");
      HttpRequest request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build();
      JsonNode answer =
          new ObjectMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
      return Float.parseFloat(answer.at("/outputs/0/data/0").asText());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
