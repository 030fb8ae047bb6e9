package dev.berth.serving.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What our servers call themselves where a protocol asks for it. */
public final class ServerIdentity {
  public static final String NAME = "berth";

  /** The release, as the build wrote it down. */
  public static final String VERSION = version();

  /** The Open Inference Protocol's server metadata, as JSON. */
  public static final String OPEN_INFERENCE =
      "{\"name\":\"%s\",\"version\":\"%s\",\"extensions\":[\"binary_tensor_data\"]}"
          .formatted(NAME, VERSION);

  private ServerIdentity() {}

  private static String version() {
    try (InputStream file = ServerIdentity.class.getResourceAsStream("release.properties")) {
      Properties release = new Properties();
      release.load(file);
      return release.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("release.properties cannot be read", e);
    }
  }
}
