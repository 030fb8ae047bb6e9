package dev.berth.serving.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.help.HelpFormatter;
import org.apache.commons.cli.help.TextHelpAppendable;

/** What a program understands on its command line, in the order of its help. */
public final class Flags {
  /** Exit code for a command line that is not understood. */
  public static final int EXIT_USAGE = 2;

  private static final String HELP = "help";

  /** What a program does with the flags that it was given. */
  @FunctionalInterface
  public interface Program<E extends Exception> {
    /** Returns the exit code. */
    int run(Given given) throws E;
  }

  private final String program;
  private final String description;
  private final Options options = new Options();
  private final Map<String, String> defaults = new HashMap<>();
  private final List<String> alternatives;

  /**
   * Flags of a program.
   *
   * @param alternatives flags of which exactly one must be given; none when there are no such
   */
  public Flags(String program, String description, String... alternatives) {
    this.program = program;
    this.description = description;
    this.alternatives = List.of(alternatives);
    options.addOption(Option.builder("h").longOpt(HELP).desc("Say this and exit.").get());
  }

  /** Adds a flag that is there or not. */
  public Flags toggle(String name, String words) {
    options.addOption(Option.builder().longOpt(name).desc(words).get());
    return this;
  }

  /** Adds a flag with a value, which has no default. */
  public Flags value(String name, String label, String words) {
    options.addOption(Option.builder().longOpt(name).hasArg().argName(label).desc(words).get());
    return this;
  }

  /** Adds a flag with a value; the help says its default. */
  public Flags value(String name, String label, Object byDefault, String words) {
    defaults.put(name, byDefault.toString());
    return value(name, label, words + " Default: " + byDefault + ".");
  }

  /**
   * Runs a program with what stands on its command line; or says its help; or what is wrong there.
   *
   * @return the exit code: the program's, 0 after help, {@link #EXIT_USAGE} for a wrong line
   */
  public <E extends Exception> int run(String[] arguments, Program<E> body) throws E {
    try {
      CommandLine line = new DefaultParser(false).parse(options, arguments);
      if (line.hasOption(HELP)) {
        help();
        return 0;
      }
      check(line);
      return body.run(new Given(line, defaults));
    } catch (ParseException | WrongFlagException e) {
      System.err.println(program + ": " + e.getMessage() + " (--help says what there is)");
      return EXIT_USAGE;
    }
  }

  private void check(CommandLine line) {
    if (!line.getArgList().isEmpty()) {
      throw new WrongFlagException("what is '" + line.getArgList().getFirst() + "'?");
    }
    if (!alternatives.isEmpty() && alternatives.stream().filter(line::hasOption).count() != 1) {
      throw new WrongFlagException(
          alternatives.stream()
              .map(name -> "--" + name)
              .collect(
                  Collectors.joining(
                      " or ",
                      alternatives.size() > 1 ? "exactly one is needed of " : "needed: ",
                      "")));
    }
  }

  private void help() {
    try {
      HelpFormatter.builder()
          .setHelpAppendable(new TextHelpAppendable(System.out))
          .setShowSince(false)
          .get()
          .printHelp(program + " [options]", description, options.getOptions(), "", false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
