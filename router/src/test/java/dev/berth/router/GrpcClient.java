package dev.berth.router;

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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** gRPC's own client; its messages are bytes. */
final class GrpcClient implements AutoCloseable {
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

  GrpcClient(int port) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .disableRetry()
            .maxInboundMessageSize(LARGEST_ANSWER)
            .build();
  }

  /** Names and values of metadata that goes along. */
  byte[] call(String method, byte[] message, String... metadata) {
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
  Future<byte[]> begin(String method, byte[] message) {
    ClientCall<byte[], byte[]> call = channel.newCall(method(method), CallOptions.DEFAULT);
    return ClientCalls.futureUnaryCall(call, message);
  }

  /** How a call fails. */
  Status failure(String method, byte[] message, String... metadata) {
    try {
      call(method, message, metadata);
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
    throw new AssertionError(method + " has not failed");
  }

  /** A header of the last answer, whose only headers are trailers when it failed; null without. */
  String header(String name) {
    Metadata answer = headers.get() == null ? trailers.get() : headers.get();
    return answer.get(key(name));
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
