package dev.berth.serving.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;

/** The flags that a program was given, and its defaults for the others. */
public final class Given {
  private final CommandLine line;
  private final Map<String, String> defaults;

  Given(CommandLine line, Map<String, String> defaults) {
    this.line = line;
    this.defaults = defaults;
  }

  /** Whether a flag is there. */
  public boolean has(String name) {
    return line.hasOption(name);
  }

  /** A flag's value; empty when it has none and no default. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(line.getOptionValue(name, defaults.get(name)));
  }

  /** A flag's value as a path. */
  public Optional<Path> path(String name) {
    return text(name).map(Path::of);
  }

  /**
   * The value of a flag that has a default.
   *
   * @throws WrongFlagException when it is no int
   */
  public int number(String name) {
    return parsed(name, Integer::valueOf, "a whole number").orElseThrow();
  }

  /** As {@link #number}, for a long. */
  public long longNumber(String name) {
    return parsed(name, Long::valueOf, "a whole number").orElseThrow();
  }

  /**
   * A flag's value as something else.
   *
   * @param parser throws IllegalArgumentException for what it does not understand
   * @param expected what it must be, in words
   * @throws WrongFlagException when it is not that
   */
  public <T> Optional<T> parsed(String name, Function<String, T> parser, String expected) {
    return text(name)
        .map(
            value -> {
              try {
                return parser.apply(value);
              } catch (IllegalArgumentException e) {
                throw new WrongFlagException("--" + name + "=" + value + " is not " + expected);
              }
            });
  }
}
