package dev.berth.serving.wire;

import java.util.Optional;

/** Media types that router and model server speak with each other. */
public final class MediaTypes {
  /** Messages of the Open Inference Protocol's gRPC, each as the whole body of a request. */
  public static final String PROTOBUF = "application/protobuf";

  private MediaTypes() {}

  /** Whether a Content-Type or Accept header names {@link #PROTOBUF} and nothing else. */
  public static boolean isProtobuf(Optional<String> header) {
    return header.isPresent() && header.get().strip().equalsIgnoreCase(PROTOBUF);
  }
}
