package dev.berth.serving.logging;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LogbackServiceProvider;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.CoreConstants;

/**
 * Logback set up by {@link PlainLogs} at once, for processes that name this class in {@code
 * -Dslf4j.provider}.
 *
 * <p>Logback itself first looks through the class path for a file, and for its own version: it
 * opens every jar (ADR 0015). A file that {@code -Dlogback.configurationFile} names wins here too;
 * one that only lies on the class path does not.
 */
public final class PlainLogging extends LogbackServiceProvider {
  @Override
  public void initialize() {
    if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
      super.initialize();
      return;
    }
    LoggerContext loggers = (LoggerContext) getLoggerFactory();
    loggers.setName(CoreConstants.DEFAULT_CONTEXT_NAME);
    loggers.setMDCAdapter((LogbackMDCAdapter) getMDCAdapter());
    PlainLogs.setUp(loggers);
    loggers.start();
  }
}
