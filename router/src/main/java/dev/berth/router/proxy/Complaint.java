package dev.berth.router.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What a server says that does not answer well, gathered up to a bound. */
public final class Complaint {
  private static final int MAX_BYTES = 16 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** Takes the next piece of the body, which stays the caller's. */
  public void add(ByteBuf piece) {
    int length = Math.min(piece.readableBytes(), MAX_BYTES - said.size());
    byte[] bytes = new byte[length];
    piece.getBytes(piece.readerIndex(), bytes);
    said.writeBytes(bytes);
  }

  /**
   * The words in it: our own servers' stand in a JSON object, under {@code message} or, in the Open
   * Inference Protocol, {@code error}; others' are taken as they are.
   */
  public String words() {
    String text = said.toString(UTF_8).strip();
    if (!text.startsWith("{")) {
      return text;
    }
    try {
      JsonNode object = JSON.readTree(text);
      JsonNode words = object.has("message") ? object.get("message") : object.get("error");
      return words == null || !words.isTextual() ? text : words.textValue();
    } catch (IOException _) {
      return text;
    }
  }
}
