package dev.unmask.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.slf4j.event.KeyValuePair;

class LogFormatTest {
  @Test
  void json_line_isOneObjectWithItsFieldsBeside() throws IOException {
    var context = new LoggerContext();
    var event =
        new LoggingEvent(
            "", context.getLogger("dev.unmask.x"), Level.INFO, "two\nlines", null, null);
    event.setKeyValuePairs(
        List.of(new KeyValuePair("request", "r-1"), new KeyValuePair("steps", 7)));
    event.setMDCPropertyMap(Map.of("worker", "w-1"));

    var line = new String(LogFormat.json(context).encode(event), UTF_8);

    assertThat(line.lines()).hasSize(1);
    var fields = new ObjectMapper().readTree(line);
    assertThat(fields.get("message").asText()).isEqualTo("two\nlines");
    assertThat(fields.get("level").asText()).isEqualTo("INFO");
    assertThat(fields.get("logger").asText()).isEqualTo("dev.unmask.x");
    assertThat(fields.get("request").asText()).isEqualTo("r-1");
    assertThat(fields.get("steps").intValue()).isEqualTo(7);
    assertThat(fields.get("worker").asText()).isEqualTo("w-1");
    assertThat(fields.get("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*");
    assertThat(fields.size()).isEqualTo(8);
  }

  /** In the JSON format a line of another kind would be a line that nobody's parser takes. */
  @Test
  void apply_whatTheJdkLogs_isInTheSameLogOnce() {
    var appender = new ListAppender<ILoggingEvent>();
    appender.start();
    var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    try {
      LogFormat.TEXT.apply();
      LogFormat.TEXT.apply();
      java.util.logging.Logger.getLogger("io.grpc.x").warning("lost");
    } finally {
      root.detachAppender(appender);
      SLF4JBridgeHandler.uninstall();
    }
    assertThat(appender.list)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getLoggerName()).isEqualTo("io.grpc.x");
          assertThat(event.getLevel()).isEqualTo(Level.WARN);
          assertThat(event.getFormattedMessage()).isEqualTo("lost");
        });
  }

  @Test
  void read_formats_areTextUnlessItIsJson() {
    assertThat(read(Optional.empty())).isEqualTo(LogFormat.TEXT);
    assertThat(read(Optional.of(" "))).isEqualTo(LogFormat.TEXT);
    assertThat(read(Optional.of("json"))).isEqualTo(LogFormat.JSON);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Optional.of("xml")))
        .withMessage("unmask.log.format must be text or json, was xml");
  }

  private static LogFormat read(Optional<String> format) {
    return LogSettings.read(_ -> format).format();
  }
}
