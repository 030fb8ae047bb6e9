package dev.berth.serving.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainLoggingTest {
  @Test
  void itLogsAsPlainLogsHasIt() {
    assertThat(appenders(new PlainLogging())).containsExactly("console");
  }

  @Test
  void aFileThatIsNamedWins(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("logs.xml");
    Files.writeString(
        file,
        """
        <configuration>
          <appender name="theirs" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%msg%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="theirs"/></root>
        </configuration>
        """);
    System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, file.toString());
    try {
      assertThat(appenders(new PlainLogging())).containsExactly("theirs");
    } finally {
      System.clearProperty(ClassicConstants.CONFIG_FILE_PROPERTY);
    }
  }

  private static List<String> appenders(PlainLogging provider) {
    provider.initialize();
    LoggerContext loggers = (LoggerContext) provider.getLoggerFactory();
    List<String> names = new ArrayList<>();
    for (var each = loggers.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        each.hasNext(); ) {
      Appender<ILoggingEvent> appender = each.next();
      names.add(appender.getName());
    }
    loggers.stop();
    return names;
  }
}
