package dev.berth.planner.condition;

/**
 * What a condition says.
 *
 * @param reason one CamelCase word for programs
 * @param message a sentence for people
 */
public record Judgement(Truth truth, String reason, String message) {

  /** Kubernetes' three values of a condition. */
  public enum Truth {
    True,
    False,
    Unknown
  }

  public static Judgement yes(String reason, String message) {
    return new Judgement(Truth.True, reason, message);
  }

  public static Judgement no(String reason, String message) {
    return new Judgement(Truth.False, reason, message);
  }

  public static Judgement unknown(String reason, String message) {
    return new Judgement(Truth.Unknown, reason, message);
  }

  public boolean isTrue() {
    return truth == Truth.True;
  }
}
