package dev.berth.serving.wire;

/** Every way in which the data plane refuses, with its HTTP status and the code in the body. */
public enum ErrorCode {
  VALIDATION(400, "ValidationError"),
  NOT_FOUND(404, "NotFound"),
  METHOD_NOT_ALLOWED(405, "MethodNotAllowed"),
  NOT_ACCEPTABLE(406, "NotAcceptable"),
  REQUEST_TIMEOUT(408, "RequestTimeout"),
  CONFLICT(409, "Conflict"),
  TOO_LARGE(413, "PayloadTooLarge"),
  URI_TOO_LONG(414, "UriTooLong"),
  UNSUPPORTED_MEDIA_TYPE(415, "UnsupportedMediaType"),
  EXPECTATION_FAILED(417, "ExpectationFailed"),
  /** The model failed; the body carries what it said. */
  MODEL_ERROR(424, "ModelError"),
  /** Not loaded yet, or the queue is full: come again after Retry-After. */
  NOT_READY(429, "ModelNotReadyException"),
  HEADERS_TOO_LARGE(431, "RequestHeaderFieldsTooLarge"),
  INTERNAL(500, "InternalFailure"),
  UNAVAILABLE(503, "ServiceUnavailable"),
  TIMEOUT(504, "ModelTimeout"),
  VERSION_NOT_SUPPORTED(505, "HttpVersionNotSupported"),
  OUT_OF_MEMORY(507, "InsufficientStorage");

  private final int status;
  private final String code;

  ErrorCode(int status, String code) {
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The word in the body's {@code code}. */
  public String code() {
    return code;
  }
}
