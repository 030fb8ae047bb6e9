package dev.berth.serving.wire;

import io.netty.util.AsciiString;

/** Names of the headers that mean something to the data plane, in lower case. */
public final class WireHeaders {
  /** Request: the production variant that must answer; 404 when the endpoint has none such. */
  public static final AsciiString TARGET_VARIANT =
      AsciiString.cached("x-amzn-sagemaker-target-variant");

  /** Request: the path of the model in a repository of many. */
  public static final AsciiString TARGET_MODEL =
      AsciiString.cached("x-amzn-sagemaker-target-model");

  /** Request and response: the caller's id of this prediction, at most 64 characters, or ours. */
  public static final AsciiString INFERENCE_ID =
      AsciiString.cached("x-amzn-sagemaker-inference-id");

  /** Request and response: at most 1,024 characters, handed to the model and back. */
  public static final AsciiString CUSTOM_ATTRIBUTES =
      AsciiString.cached("x-amzn-sagemaker-custom-attributes");

  /** Request: a JMESPath that says which records get explanations. */
  public static final AsciiString ENABLE_EXPLANATIONS =
      AsciiString.cached("x-amzn-sagemaker-enable-explanations");

  /** Response: the production variant that answered. */
  public static final AsciiString INVOKED_VARIANT =
      AsciiString.cached("x-amzn-invoked-production-variant");

  /** Response, and request from router to model server: the id that errors and logs carry. */
  public static final AsciiString REQUEST_ID = AsciiString.cached("x-amzn-requestid");

  /** Response: the error's code, where AWS SDKs look for it first. */
  public static final AsciiString ERROR_TYPE = AsciiString.cached("x-amzn-errortype");

  public static final int MAX_INFERENCE_ID = 64;
  public static final int MAX_CUSTOM_ATTRIBUTES = 1024;

  private WireHeaders() {}
}
