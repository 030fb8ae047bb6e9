package dev.berth.serving.wire;

/** Paths that the router asks model servers for. */
public final class WirePaths {
  public static final String PING = "/ping";
  public static final String INVOCATIONS = "/invocations";

  /**
   * The model name that means "the only model of this server". Clients call {@code
   * /v1/models/{endpoint}:predict}, but a model server names its models by their configuration: so
   * the router asks it for {@code /v1/models/-:predict}, and the server answers with its one model
   * (404 when it has several).
   */
  public static final String ONLY_MODEL = "-";

  /** What the router asks for when a client called {@code /v1/models/{endpoint}:predict}. */
  public static final String V1_PREDICT_ONLY_MODEL = "/v1/models/" + ONLY_MODEL + ":predict";

  /** The Open Inference Protocol, version 2. */
  public static final String V2 = "/v2";

  /** Its models: a router asks for {@link #ONLY_MODEL} here too. */
  public static final String V2_MODELS = V2 + "/models/";

  private WirePaths() {}
}
