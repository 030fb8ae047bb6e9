package dev.berth.api.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small manifest that breaks one rule, or none. Its first lines say which field is wrong and what
 * is said about it ({@code # field: spec.artifact.uri}, {@code # expect: ...}), or {@code # valid}.
 * Of two documents the first is accepted, and the second is the change that is judged. {@code <<3 x
 * {name: f#}, >>} stands for its text three times, numbered from 0 where it has a {@code #}.
 *
 * @param name folder and file, {@code model/uri-s3}
 * @param documents one, or two that follow one another
 * @param field path of the field, empty for the whole resource
 * @param expect the words of the refusal, or empty when it is valid
 */
public record Fixture(String name, List<String> documents, String field, Optional<String> expect) {
  private static final Path FOLDER = Path.of("..", "api", "src", "test", "resources", "validation");
  private static final Pattern FIELD = Pattern.compile("(?m)^# field: *(.*)$");
  private static final Pattern EXPECT = Pattern.compile("(?m)^# expect: (.*)$");
  private static final Pattern REPEATED = Pattern.compile("<<(\\d+) x (.*?)>>");

  /** Every fixture, by name. Runs in any module's folder. */
  public static List<Fixture> all() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(Files::isRegularFile).sorted().map(Fixture::read).toList();
    }
  }

  private static Fixture read(Path file) {
    try {
      String text = REPEATED.matcher(Files.readString(file)).replaceAll(Fixture::written);
      String name = FOLDER.relativize(file).toString().replaceAll("\\.yaml$", "");
      Optional<String> expect = first(EXPECT, text);
      if (expect.isEmpty() && !text.startsWith("# valid\n")) {
        throw new IllegalStateException(name + " says neither '# expect: ...' nor '# valid'");
      }
      List<String> documents = List.of(text.split("(?m)^---\n", -1));
      return new Fixture(name, documents, first(FIELD, text).orElse(""), expect);
    } catch (IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  private static String written(MatchResult repeated) {
    return IntStream.range(0, Integer.parseInt(repeated.group(1)))
        .mapToObj(i -> repeated.group(2).replace("#", Integer.toString(i)))
        .collect(Collectors.joining());
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** {@code model}, {@code endpointconfig} or {@code endpoint}. */
  public String kind() {
    return name.substring(0, name.indexOf('/'));
  }

  @Override
  public String toString() {
    return name;
  }
}
