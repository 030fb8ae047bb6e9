package dev.berth.serving.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PlainLogsTest {
  private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final ConsoleAppender<?> found =
      (ConsoleAppender<?>) loggers.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");

  @SuppressWarnings("unchecked") // logback's console appenders are of events
  private final ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) found;

  @Test
  void itIsWhatLogbackFindsWhereNoFileSaysOtherwise() {
    assertThat(console.isStarted()).isTrue();
    assertThat(loggers.getLogger("io.netty.handler").getEffectiveLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void aLineHasTheTimeTheLevelTheClassAndWhatWentWrong() {
    Logger logger = loggers.getLogger("a.b.Thing");
    IllegalStateException cause = new IllegalStateException("rotten");
    LoggingEvent event =
        new LoggingEvent("", logger, Level.WARN, "{} apples", cause, new Object[] {3});
    assertThat(new String(console.getEncoder().encode(event), StandardCharsets.UTF_8))
        .matches(
            "(?s)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z WARN  Thing - 3 apples\n"
                + "java.lang.IllegalStateException: rotten\n\tat .*");
  }

  @Test
  void aWholeSecondHasItsMillisecondsToo() {
    LoggingEvent event =
        new LoggingEvent("", loggers.getLogger("Thing"), Level.ERROR, "down", null, null);
    event.setInstant(Instant.ofEpochSecond(1_800_000_000));
    assertThat(new String(console.getEncoder().encode(event), StandardCharsets.UTF_8))
        .isEqualTo("2027-01-15T08:00:00.000Z ERROR Thing - down\n");
  }
}
