package dev.unmask.logging;

import dev.unmask.config.Setting;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a service logs.
 *
 * @param format of its lines
 */
public record LogSettings(LogFormat format) {
  private static final String FORMAT = "unmask.log.format";

  /** What {@link #read} asks for, for a service's reference. */
  public static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              FORMAT,
              "word",
              "text",
              "text or json",
              "How lines of the log look: for people, or a JSON object each. The whole process's."));

  /**
   * Reads the settings.
   *
   * @param settings gives a setting by its key; what is blank is absent
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public static LogSettings read(Function<String, Optional<String>> settings) {
    var format = settings.apply(FORMAT).map(String::strip).filter(text -> !text.isEmpty());
    return new LogSettings(
        switch (format.orElse("text")) {
          case "text" -> LogFormat.TEXT;
          case "json" -> LogFormat.JSON;
          case String other ->
              throw new IllegalArgumentException(FORMAT + " must be text or json, was " + other);
        });
  }
}
