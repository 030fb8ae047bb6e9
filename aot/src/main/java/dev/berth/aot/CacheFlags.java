package dev.berth.aot;

import java.util.List;

/** How a JVM is told to use an AOT cache; the script {@code berth} says the same. */
public final class CacheFlags {
  private CacheFlags() {}

  /**
   * A cache that does not fit, as under other flags, is ignored, and nobody needs to hear of it.
   */
  public static List<String> using(String cache) {
    return List.of(
        "-XX:AOTCache=" + cache,
        "-Xlog:aot*=off",
        "-Xlog:cds*=off",
        // Mapped where it was made for: moved elsewhere, as is the default, all of its pages are
        // copied.
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:ArchiveRelocationMode=0",
        // What a rehearsal saw of branches and types is too little to compile by for good.
        "-XX:-AOTReplayTraining");
  }
}
