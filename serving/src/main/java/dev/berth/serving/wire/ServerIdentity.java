package dev.berth.serving.wire;

/** What our servers call themselves where a protocol asks for it. */
public final class ServerIdentity {
  public static final String NAME = "berth";

  /** The release, from the jar's manifest; {@code dev} when run from classes. */
  public static final String VERSION = version();

  /** The Open Inference Protocol's server metadata, as JSON. */
  public static final String OPEN_INFERENCE =
      "{\"name\":\"%s\",\"version\":\"%s\",\"extensions\":[\"binary_tensor_data\"]}"
          .formatted(NAME, VERSION);

  private ServerIdentity() {}

  private static String version() {
    String packaged = ServerIdentity.class.getPackage().getImplementationVersion();
    return packaged == null ? "dev" : packaged;
  }
}
