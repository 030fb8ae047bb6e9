package dev.berth.local.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.serving.protobuf.ProtobufReader;
import dev.berth.serving.protobuf.ProtobufWriter;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
    try (RunningShell shell = RunningShell.start(temporary, "--port=0", "--grpc-port=" + port)) {
      shell.awaitInService("housing", "boston-v1");
      float overHttp = overHttp(shell.port());
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
      try {
        assertThat(overGrpc(channel)).isEqualTo(overHttp);
        byte[] housing = new ProtobufWriter().string(1, "housing").toBytes();
        assertThat(call(channel, "ModelReady", housing))
            .isEqualTo(new ProtobufWriter().bool(1, true).toBytes());
        byte[] metadata = call(channel, "ModelMetadata", housing);
        assertThat(new String(metadata, java.nio.charset.StandardCharsets.ISO_8859_1))
            .contains("xgboost", "predict");
      } finally {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
      }
    }
  }

  private static float overGrpc(ManagedChannel channel) {
    ProtobufWriter request = new ProtobufWriter().string(1, "housing");
    int input = request.begin(5);
    request.string(1, "row").string(2, "FP32").int64s(3, 1, ROW.length);
    int contents = request.begin(5);
    request.floats(6, ROW, 0, ROW.length);
    request.end(contents);
    request.end(input);
    byte[] answer = call(channel, "ModelInfer", request.toBytes());
    ProtobufReader output = field(new ProtobufReader(answer, 0, answer.length), 5);
    ProtobufReader floats = field(field(output, 5), 6);
    return ByteBuffer.wrap(answer, floats.from(), Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getFloat();
  }

  /** The message in a field; for one that holds numbers, the reader that stands at it. */
  private static ProtobufReader field(ProtobufReader message, int field) {
    while (message.next()) {
      if (message.field() == field) {
        return field == 6 ? message : message.message();
      }
    }
    throw new AssertionError("there is no field " + field);
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

  private static byte[] call(ManagedChannel channel, String method, byte[] message) {
    return ClientCalls.blockingUnaryCall(
        channel,
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("inference.GRPCInferenceService/" + method)
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build(),
        CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
        message);
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
