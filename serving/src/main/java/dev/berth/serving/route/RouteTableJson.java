package dev.berth.serving.route;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A route table as JSON: {@code {"routes": [{"endpoint", "namespace", "generation", ...}]}}. */
public final class RouteTableJson {
  /** Fields that this release does not know are a later one's, and no reason to stop routing. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /**
   * Reads a table.
   *
   * @throws InvalidRouteTableException when it is not JSON or not a table
   */
  public static RouteTable read(byte[] json) {
    try {
      RouteTable table = MAPPER.readValue(json, RouteTable.class);
      if (table == null) {
        throw new InvalidRouteTableException("the table is null");
      }
      return table;
    } catch (JsonMappingException e) {
      throw new InvalidRouteTableException(words(e), e);
    } catch (JacksonException e) {
      throw new InvalidRouteTableException("not JSON: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads one route out of fields that were JSON before.
   *
   * @throws InvalidRouteTableException when it is not a route
   */
  public static Route route(Map<String, Object> fields) {
    try {
      return MAPPER.convertValue(fields, Route.class);
    } catch (InvalidRouteTableException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw e.getCause() instanceof JsonMappingException cause
          ? new InvalidRouteTableException(words(cause), e)
          : new InvalidRouteTableException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Writes a table, UTF-8. */
  public static byte[] write(RouteTable table) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(table);
    } catch (JacksonException e) {
      throw new IllegalStateException("records are always JSON", e);
    }
  }

  /** {@code routes[0].fleets[1]: what is wrong}. */
  private static String words(JsonMappingException e) {
    StringBuilder where = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        where.append('[').append(step.getIndex()).append(']');
      } else {
        where.append(where.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    String what =
        e.getCause() instanceof InvalidRouteTableException ours
            ? ours.getMessage()
            : e.getOriginalMessage();
    return where.isEmpty() ? what : where + ": " + what;
  }

  private RouteTableJson() {}
}
