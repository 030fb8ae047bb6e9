package dev.berth.engine.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.Locale;

/** A document in JSON text, with the NaN and Infinity that XGBoost writes into it. */
final class JsonDocument extends DocumentReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          // Names of a document are a handful; interning them would outlive it.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(100)
                  .maxNameLength(10_000)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;

  /** The token at which the reader stands and which it has not taken yet. */
  private JsonToken token;

  JsonDocument(byte[] bytes) throws ModelFormatException {
    try {
      parser = JSON.createParser(bytes);
    } catch (IOException e) {
      throw new ModelFormatException("not JSON: " + e.getMessage(), e);
    }
    advance();
  }

  @Override
  String position() {
    var location = parser.currentLocation();
    return "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  @Override
  void startObject() throws ModelFormatException {
    expect(JsonToken.START_OBJECT, "an object");
    advance();
  }

  @Override
  String fieldOrEnd() throws ModelFormatException {
    if (token == JsonToken.END_OBJECT) {
      advance();
      return null;
    }
    expect(JsonToken.FIELD_NAME, "a field");
    String name = text();
    advance();
    return name;
  }

  @Override
  void startArray() throws ModelFormatException {
    expect(JsonToken.START_ARRAY, "an array");
    advance();
  }

  @Override
  boolean elementOrEnd() throws ModelFormatException {
    if (token == JsonToken.END_ARRAY) {
      advance();
      return false;
    }
    return true;
  }

  @Override
  String readString() throws ModelFormatException {
    expect(JsonToken.VALUE_STRING, "a string");
    String text = text();
    advance();
    return text;
  }

  @Override
  long readInteger() throws ModelFormatException {
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      long flag = token == JsonToken.VALUE_TRUE ? 1 : 0;
      advance();
      return flag;
    }
    expect(JsonToken.VALUE_NUMBER_INT, "an integer");
    long value;
    try {
      value = parser.getLongValue();
    } catch (IOException e) {
      throw fault("not an integer of 64 bits", e);
    }
    advance();
    return value;
  }

  @Override
  float readFloat() throws ModelFormatException {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      expect(JsonToken.VALUE_NUMBER_FLOAT, "a number");
    }
    float value;
    try {
      // From the text at once: by way of a double it would be rounded twice.
      value = parser.isNaN() ? parser.getFloatValue() : Float.parseFloat(parser.getText());
    } catch (IOException | NumberFormatException e) {
      throw fault("not a number", e);
    }
    advance();
    return value;
  }

  @Override
  void skip() throws ModelFormatException {
    if (token == null) {
      throw fault("the file ends here");
    }
    try {
      parser.skipChildren();
    } catch (IOException e) {
      throw damaged(e);
    }
    advance();
  }

  @Override
  void expectEnd() throws ModelFormatException {
    if (token != null) {
      throw fault("something follows the model");
    }
  }

  private void advance() throws ModelFormatException {
    try {
      token = parser.nextToken();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private String text() throws ModelFormatException {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private void expect(JsonToken wanted, String what) throws ModelFormatException {
    if (token == null) {
      throw fault(what + " is missing: the file ends here");
    }
    if (token != wanted) {
      throw fault(what + " is missing: found " + token.name().toLowerCase(Locale.ROOT));
    }
  }

  private ModelFormatException damaged(IOException e) {
    if (e instanceof JsonEOFException) {
      return fault("the file ends here", e);
    }
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return fault("damaged JSON: " + shown(String.valueOf(message)), e);
  }
}
