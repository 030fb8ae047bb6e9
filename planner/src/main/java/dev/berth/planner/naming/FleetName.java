package dev.berth.planner.naming;

import dev.berth.planner.revision.ShortHash;
import java.util.Locale;

/**
 * The name of a fleet and of all its children: {@code <endpoint>-<variant>-<revision>}.
 *
 * <p>It is a DNS-1035 label (a Service needs one): at most 63 characters, lower case letters,
 * digits and '-', a letter first. What does not fit is cut or replaced, and a hash of what was
 * meant stands before the revision, so that two fleets whose names become alike stay apart.
 */
public final class FleetName {
  private static final int MAX_LENGTH = 63;
  private static final String FIRST = "b-";

  private FleetName() {}

  public static String of(String endpoint, String variant, String revision) {
    String meant = endpoint + "-" + variant;
    String label = label(meant);
    int room = MAX_LENGTH - 1 - revision.length();
    if (label.equals(meant) && label.length() <= room) {
      return label + "-" + revision;
    }
    // '/' stands in neither name: ("a-b", "c") and ("a", "b-c") hash apart.
    String hash = ShortHash.of(endpoint + "/" + variant);
    int left = room - 1 - hash.length();
    String start = label.substring(0, Math.min(left, label.length()));
    return withoutLastHyphens(start) + "-" + hash + "-" + revision;
  }

  private static String label(String text) {
    String safe = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    return safe.isEmpty() || safe.charAt(0) < 'a' || safe.charAt(0) > 'z' ? FIRST + safe : safe;
  }

  private static String withoutLastHyphens(String text) {
    return text.replaceAll("-+$", "");
  }
}
