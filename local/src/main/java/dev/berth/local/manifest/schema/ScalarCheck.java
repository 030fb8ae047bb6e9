package dev.berth.local.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Bounds of one string or number. */
final class ScalarCheck {

  private ScalarCheck() {}

  static List<String> of(JsonNode node, Schema schema) {
    List<String> messages = new ArrayList<>();
    if (node.isTextual()) {
      checkText(node.textValue(), schema, messages);
    } else if (node.isNumber()) {
      checkNumber(node, schema.bounds(), messages);
    }
    return messages;
  }

  private static void checkText(String text, Schema schema, List<String> messages) {
    Schema.Bounds bounds = schema.bounds();
    if (!bounds.allowed().isEmpty() && !bounds.allowed().contains(text)) {
      String allowed =
          bounds.allowed().stream()
              .map(each -> "\"" + each + "\"")
              .collect(Collectors.joining(", "));
      messages.add("Unsupported value: \"" + text + "\": supported values: " + allowed);
    }
    int length = text.codePointCount(0, text.length());
    if (length > bounds.maxSize().orElse(Integer.MAX_VALUE)) {
      messages.add("Too long: may not be more than " + bounds.maxSize().getAsInt() + " bytes");
    }
    if (length < bounds.minSize().orElse(0)) {
      messages.add(
          "Invalid value: \"%s\": should be at least %d chars long"
              .formatted(text, bounds.minSize().getAsInt()));
    }
    bounds
        .pattern()
        .filter(pattern -> !pattern.matcher(text).find())
        .ifPresent(
            pattern ->
                messages.add("Invalid value: \"" + text + "\": should match '" + pattern + "'"));
    if (schema.format().equals("byte") && !isBase64(text)) {
      messages.add("illegal base64 data");
    }
  }

  private static void checkNumber(JsonNode node, Schema.Bounds bounds, List<String> messages) {
    BigDecimal value = node.decimalValue();
    if (bounds.min().isPresent() && value.compareTo(decimal(bounds.min().getAsDouble())) < 0) {
      messages.add(
          "Invalid value: %s: should be greater than or equal to %s"
              .formatted(node.asText(), decimal(bounds.min().getAsDouble()).toPlainString()));
    }
    if (bounds.max().isPresent() && value.compareTo(decimal(bounds.max().getAsDouble())) > 0) {
      messages.add(
          "Invalid value: %s: should be less than or equal to %s"
              .formatted(node.asText(), decimal(bounds.max().getAsDouble()).toPlainString()));
    }
  }

  private static BigDecimal decimal(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros();
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text.replaceAll("\\s", ""));
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
