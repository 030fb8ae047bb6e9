package dev.berth.serving.grpc;

/** How a call ended, of gRPC's codes those that are said here. */
public enum GrpcStatus {
  OK(0),
  INVALID_ARGUMENT(3),
  DEADLINE_EXCEEDED(4),
  NOT_FOUND(5),
  RESOURCE_EXHAUSTED(8),
  UNIMPLEMENTED(12),
  INTERNAL(13),
  UNAVAILABLE(14);

  private final int code;

  GrpcStatus(int code) {
    this.code = code;
  }

  /** What an answer of HTTP would have been over gRPC; {@code http} is not 200. */
  public static GrpcStatus ofHttp(int http) {
    return switch (http) {
      case 400 -> INVALID_ARGUMENT;
      case 404 -> NOT_FOUND;
      case 413, 429 -> RESOURCE_EXHAUSTED;
      case 503 -> UNAVAILABLE;
      case 504 -> DEADLINE_EXCEEDED;
      default -> INTERNAL;
    };
  }

  /** The number in the trailer {@code grpc-status}. */
  public int code() {
    return code;
  }
}
