package dev.berth.e2e.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules about files, for the Java sources under {@code house}. */
record SourceRules(Path house) {

  static final int LINES = 300;

  /** Names that say nothing about what is inside. */
  private static final Set<String> EMPTY_NAMES =
      Set.of("util", "utils", "common", "helper", "helpers", "manager", "impl", "misc");

  /** What is wrong, one line a fault; empty when the house is tidy. */
  List<String> faults() throws IOException {
    List<String> faults = new ArrayList<>();
    for (Path file : sources()) {
      Path name = house.relativize(file);
      long lines = lines(file);
      if (lines >= LINES) {
        faults.add("%s has %d lines, the limit is %d".formatted(name, lines, LINES));
      }
      for (Path part : house.relativize(file.getParent())) {
        if (EMPTY_NAMES.contains(part.toString())) {
          faults.add("%s: a room called '%s' says nothing".formatted(name, part));
        }
      }
    }
    sources().stream()
        .filter(file -> file.toString().contains("/src/main/java/"))
        .map(Path::getParent)
        .distinct()
        .filter(room -> !Files.exists(room.resolve("package-info.java")))
        .forEach(room -> faults.add(house.relativize(room) + " has no package-info.java"));
    return faults;
  }

  /** Every Java source, build outputs and hidden folders of tools left out. */
  List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(house)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !house.relativize(file).toString().matches("(.*/)?(target|\\.berth)/.*"))
          .sorted()
          .toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
