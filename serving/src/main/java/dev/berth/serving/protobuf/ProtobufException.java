package dev.berth.serving.protobuf;

/** Bytes that are no Protocol Buffers message, or none of the kind that is expected. */
public final class ProtobufException extends RuntimeException {
  /**
   * A complaint.
   *
   * @param message what is wrong, for whoever sent the bytes
   */
  public ProtobufException(String message) {
    super(message, null, false, false);
  }
}
