package dev.berth.serving.grpc;

import dev.berth.serving.protobuf.ProtobufReader;
import dev.berth.serving.protobuf.ProtobufWriter;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** gRPC's own client of the Open Inference Protocol; its messages are bytes. */
public final class GrpcClient implements AutoCloseable {
  private static final int LARGEST_ANSWER = 64 << 20;
  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
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
      };

  private final ManagedChannel channel;
  private final AtomicReference<Metadata> headers = new AtomicReference<>();
  private final AtomicReference<Metadata> trailers = new AtomicReference<>();

  public GrpcClient(int port) {
    this("127.0.0.1", port);
  }

  public GrpcClient(String host, int port) {
    channel =
        NettyChannelBuilder.forAddress(host, port)
            .usePlaintext()
            .disableRetry()
            .maxInboundMessageSize(LARGEST_ANSWER)
            .build();
  }

  /** Names and values of metadata that goes along. */
  public byte[] call(String method, byte[] message, String... metadata) {
    headers.set(null);
    trailers.set(null);
    Metadata more = new Metadata();
    for (int i = 0; i < metadata.length; i += 2) {
      more.put(key(metadata[i]), metadata[i + 1]);
    }
    return ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(
            channel,
            MetadataUtils.newAttachHeadersInterceptor(more),
            MetadataUtils.newCaptureMetadataInterceptor(headers, trailers)),
        method(method),
        CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
        message);
  }

  /** A call that runs; cancelled with its future. */
  public Future<byte[]> begin(String method, byte[] message) {
    ClientCall<byte[], byte[]> call = channel.newCall(method(method), CallOptions.DEFAULT);
    return ClientCalls.futureUnaryCall(call, message);
  }

  /** How a call fails. */
  public Status failure(String method, byte[] message, String... metadata) {
    try {
      call(method, message, metadata);
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
    throw new AssertionError(method + " has not failed");
  }

  /** A header of the last answer, whose only headers are trailers when it failed; null without. */
  public String header(String name) {
    Metadata answer = headers.get() == null ? trailers.get() : headers.get();
    return answer.get(key(name));
  }

  /** A request for one row of floats. */
  public static byte[] inference(String model, float... row) {
    ProtobufWriter request = new ProtobufWriter().string(1, model);
    int input = request.begin(5);
    request.string(1, "row").string(2, "FP32").int64s(3, 1, row.length);
    int contents = request.begin(5);
    request.floats(6, row, 0, row.length);
    request.end(contents);
    request.end(input);
    return request.toBytes();
  }

  /** The one float of an answer to {@link #inference}. */
  public static float prediction(byte[] answer) {
    ProtobufReader output = at(5, new ProtobufReader(answer, 0, answer.length)).message();
    ProtobufReader contents = at(5, output).message();
    return ByteBuffer.wrap(answer, at(6, contents).from(), Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getFloat();
  }

  private static ProtobufReader at(int field, ProtobufReader message) {
    while (message.next()) {
      if (message.field() == field) {
        return message;
      }
    }
    throw new AssertionError("there is no field " + field);
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName("inference.GRPCInferenceService/" + name)
        .setRequestMarshaller(BYTES)
        .setResponseMarshaller(BYTES)
        .build();
  }

  @Override
  public void close() {
    try {
      channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
