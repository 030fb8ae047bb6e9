package dev.berth.modelserver.invoke;

import dev.berth.serving.wire.ErrorCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Names inside paths. */
final class ModelPath {
  private ModelPath() {}

  /** A name as it was before it became part of a path. */
  static String decoded(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new Refusal(ErrorCode.NOT_FOUND, "no model is called '" + name + "' here");
    }
  }
}
