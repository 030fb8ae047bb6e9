import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs google-java-format over every Java source of the house. A program of its own because the
 * formatter reads Java with the compiler of the JVM it runs in: the build hands it the JDK that it
 * compiles with, whatever Maven runs on.
 *
 * <p>Usage: {@code Format check|apply ROOT}. Exits with 1 when a file is not formatted (check) or
 * cannot be parsed.
 */
final class Format {
  private static final Formatter FORMATTER =
      new Formatter(JavaFormatterOptions.builder().reorderModifiers(true).build());

  public static void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    Path root = Path.of(args[1]).toAbsolutePath().normalize();
    List<String> faults = new ArrayList<>();
    for (Path file : sources(root)) {
      String text = Files.readString(file);
      try {
        String formatted = formatted(text);
        if (formatted.equals(text)) {
          continue;
        }
        if (apply) {
          Files.writeString(file, formatted);
        } else {
          faults.add(root.relativize(file) + ": not formatted");
        }
      } catch (com.google.googlejavaformat.java.FormatterException e) {
        faults.add(root.relativize(file) + ": " + e.getMessage());
      }
    }
    if (!faults.isEmpty()) {
      faults.forEach(System.err::println);
      System.err.println("Run: mvn -N -Pformat verify");
      System.exit(1);
    }
  }

  private static String formatted(String text)
      throws com.google.googlejavaformat.java.FormatterException {
    return FORMATTER.formatSource(
        RemoveUnusedImports.removeUnusedImports(
            ImportOrderer.reorderImports(text, JavaFormatterOptions.Style.GOOGLE)));
  }

  private static List<Path> sources(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|\\.berth)/.*"))
          .sorted()
          .toList();
    }
  }
}
