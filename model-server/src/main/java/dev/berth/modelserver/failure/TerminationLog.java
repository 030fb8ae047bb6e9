package dev.berth.modelserver.failure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last words of a process that could not start: one JSON object in the file that the kubelet or
 * the local shell reads.
 */
public final class TerminationLog {
  /** The kubelet takes 4096 bytes. */
  private static final int MAX_MESSAGE_CHARS = 1000;

  private TerminationLog() {}

  /** Writes {@code {"model", "reason", "message", "permanent"}}. */
  public static void write(Path file, LoadFailure failure) throws IOException {
    String message = failure.getMessage();
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("model", failure.model());
    words.put("reason", failure.reason().name());
    words.put(
        "message",
        message.length() > MAX_MESSAGE_CHARS
            ? message.substring(0, MAX_MESSAGE_CHARS) + "..."
            : message);
    words.put("permanent", failure.reason().permanent());
    Files.writeString(file, JsonMapper.builder().build().writeValueAsString(words));
  }
}
