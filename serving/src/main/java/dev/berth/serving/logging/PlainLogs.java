package dev.berth.serving.logging;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Logback as our processes have it: plain lines on standard output, or on standard error where the
 * system property {@value #STANDARD_ERROR} is true; the environment's BERTH_LOG_LEVEL says how
 * many.
 *
 * <p>In code because to read it from XML takes a sixth of a model server's start. Logback finds it
 * as a service and asks it before it looks for files; it leaves the word to a file that {@code
 * -Dlogback.configurationFile} names and to a {@code logback.xml} on the class path.
 */
public final class PlainLogs extends ContextAwareBase implements Configurator {
  /** Where standard output is for answers. */
  public static final String STANDARD_ERROR = "berth.log.stderr";

  /** Libraries that say too much. */
  private static final Map<String, Level> QUIETER =
      Map.of(
          "software.amazon.awssdk", Level.WARN,
          "io.netty", Level.WARN,
          "io.fabric8", Level.WARN,
          // It warns that v1alpha1 is unstable: we know, it is ours.
          "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils", Level.ERROR);

  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    if (fileSaysHow()) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    setUp(loggers);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static boolean fileSaysHow() {
    ClassLoader classPath = PlainLogs.class.getClassLoader();
    return System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null
        || classPath.getResource(ClassicConstants.TEST_AUTOCONFIG_FILE) != null
        || classPath.getResource(ClassicConstants.AUTOCONFIG_FILE) != null;
  }

  /** Plain lines, whatever files say. */
  static void setUp(LoggerContext loggers) {
    // Without a listener logback looks for warnings when it is set up, by a class that reads all
    // time zones first.
    loggers.getStatusManager().add((StatusListener) PlainLogs::tellTrouble);
    PlainLine line = new PlainLine();
    line.setContext(loggers);
    line.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(loggers);
    encoder.setLayout(line);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(loggers);
    console.setName("console");
    console.setEncoder(encoder);
    console.setTarget(Boolean.getBoolean(STANDARD_ERROR) ? "System.err" : "System.out");
    console.start();
    QUIETER.forEach((name, level) -> loggers.getLogger(name).setLevel(level));
    ch.qos.logback.classic.Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(System.getenv("BERTH_LOG_LEVEL"), Level.INFO));
    root.addAppender(console);
  }

  /** What logback has to say about itself. */
  private static void tellTrouble(Status status) {
    if (status.getLevel() >= Status.WARN) {
      System.err.println(status);
    }
  }
}
