package dev.berth.local;

import ch.qos.logback.classic.Level;
import dev.berth.local.cache.PrepareCaches;
import dev.berth.local.shell.Get;
import dev.berth.local.shell.Up;
import dev.berth.local.train.Train;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code berth} command's Java half; the script {@code ./berth} starts it. */
@Command(
    name = "berth",
    mixinStandardHelpOptions = true,
    versionProvider = BerthVersion.class,
    subcommands = {Up.class, Get.class, Train.class, PrepareCaches.class, VersionCommand.class})
public final class Berth {
  private Berth() {}

  /** Exits with 0, with 1 after a sentence on standard error, with 2 for a wrong command line. */
  public static void main(String[] args) {
    // People read this terminal: what libraries have to say is for them only when something is
    // wrong.
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
        instanceof ch.qos.logback.classic.Logger root) {
      root.setLevel(Level.WARN);
    }
    System.exit(new CommandLine(new Berth()).execute(args));
  }
}
