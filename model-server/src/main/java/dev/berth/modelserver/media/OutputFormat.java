package dev.berth.modelserver.media;

import java.util.Locale;
import java.util.Optional;

/** What an answer may be. */
public enum OutputFormat {
  CSV("text/csv"),
  JSON("application/json"),
  JSON_LINES("application/jsonlines"),
  RECORDIO("application/x-recordio-protobuf"),
  /** KServe's V1 protocol: JSON without the name of the score. Never negotiated. */
  KSERVE_V1("application/json");

  /** The media types that are written, for messages. */
  public static final String OFFERED =
      "text/csv, application/json, application/jsonlines, application/x-recordio-protobuf";

  private static final OutputFormat[] NEGOTIABLE = {CSV, JSON, JSON_LINES, RECORDIO};

  private final String mediaType;

  OutputFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** What a request is answered in when it does not say: CSV for CSV, JSON for all else. */
  public static OutputFormat defaultFor(InputFormat input) {
    return input == InputFormat.CSV ? CSV : JSON;
  }

  /** Writes answers in this format into the buffer. */
  public AnswerWriter writer(AnswerBuffer out) {
    return this == RECORDIO ? new RecordioWriter(out) : new TextWriter(this, out);
  }

  /**
   * The format that an Accept header (RFC 9110, 12.5.1) likes best; empty when it takes none of
   * ours.
   *
   * @param accept null when there is none
   * @param preferred what it is when the header likes several the same
   */
  public static Optional<OutputFormat> negotiate(String accept, OutputFormat preferred) {
    if (accept == null
        || accept.isBlank()
        || accept.equals("*/*")
        || accept.equals(preferred.mediaType)) {
      return Optional.of(preferred);
    }
    OutputFormat best = preferred;
    double bestQuality = quality(accept, preferred);
    for (OutputFormat format : NEGOTIABLE) {
      double quality = quality(accept, format);
      if (quality > bestQuality) {
        best = format;
        bestQuality = quality;
      }
    }
    return bestQuality > 0 ? Optional.of(best) : Optional.empty();
  }

  /** The quality that the most specific range matching the format has; 0 when none matches. */
  private static double quality(String accept, OutputFormat format) {
    int specificity = 0;
    double quality = 0;
    for (String range : accept.split(",", -1)) {
      String[] parts = range.split(";", -1);
      int matched = format.matches(parts[0].strip().toLowerCase(Locale.ROOT));
      if (matched > specificity) {
        specificity = matched;
        quality = quality(parts);
      }
    }
    return quality;
  }

  /** 0: not at all; the more specific the range, the more. */
  private int matches(String range) {
    if (range.equals(mediaType)) {
      return 3;
    }
    if (range.equals("*/*")) {
      return 1;
    }
    return range.equals(mediaType.substring(0, mediaType.indexOf('/')) + "/*") ? 2 : 0;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
        try {
          double quality = Double.parseDouble(parameter.substring(2));
          return quality >= 0 && quality <= 1 ? quality : 0;
        } catch (NumberFormatException _) {
          return 0;
        }
      }
    }
    return 1;
  }
}
