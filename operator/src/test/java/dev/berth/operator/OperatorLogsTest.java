package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OperatorLogsTest {
  private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();

  @Test
  void aLineNamesTheResourceThatItIsAbout() {
    ConsoleAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>)
            loggers.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDOUT");
    LoggingEvent event =
        new LoggingEvent("", loggers.getLogger("a.Planner"), Level.INFO, "planned", null, null);
    event.setMDCPropertyMap(Map.of("resource.namespace", "shop", "resource.name", "prices"));
    PatternLayoutEncoder encoder = (PatternLayoutEncoder) console.getEncoder();
    assertThat(new String(encoder.encode(event), StandardCharsets.UTF_8))
        .endsWith(" INFO  [shop/prices] Planner: planned\n");
  }

  @Test
  void librariesAreQuiet() {
    assertThat(loggers.getLogger("io.javaoperatorsdk.operator").getEffectiveLevel())
        .isEqualTo(Level.WARN);
  }
}
