package dev.unmask.tracing;

import dev.unmask.config.Setting;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where traces go.
 *
 * @param endpoint of a collector, for OTLP over HTTP; absent: nothing is traced
 * @param sampleRatio share of the requests that are traced whose callers do not say, 0 to 1
 */
public record TracingSettings(Optional<URI> endpoint, double sampleRatio) {
  private static final String ENDPOINT = "unmask.tracing.endpoint";
  private static final String RATIO = "unmask.tracing.sample-ratio";

  /** What {@link #read} asks for, for a service's reference. */
  public static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              ENDPOINT,
              "URL",
              "none",
              "http or https",
              "A collector that takes OTLP over HTTP, e.g. http://127.0.0.1:4318/v1/traces. Without it nothing is traced."),
          new Setting(
              RATIO,
              "share",
              "1.0",
              "0 to 1",
              "How many of the requests are traced whose callers do not say whether they are."));

  /**
   * Reads the settings.
   *
   * @param settings gives a setting by its key; what is blank is absent
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public static TracingSettings read(Function<String, Optional<String>> settings) {
    Function<String, Optional<String>> given =
        key -> settings.apply(key).map(String::strip).filter(text -> !text.isEmpty());
    return new TracingSettings(
        given.apply(ENDPOINT).map(TracingSettings::endpoint),
        given.apply(RATIO).map(TracingSettings::ratio).orElse(1.));
  }

  private static URI endpoint(String text) {
    try {
      var endpoint = URI.create(text);
      var scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
      if (endpoint.getHost() != null && List.of("http", "https").contains(scheme)) {
        return endpoint;
      }
    } catch (IllegalArgumentException e) {
      throw wrong(ENDPOINT, "a URL of http or https", text, e);
    }
    throw wrong(ENDPOINT, "a URL of http or https", text, null);
  }

  private static double ratio(String text) {
    try {
      double ratio = Double.parseDouble(text);
      if (ratio >= 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException e) {
      throw wrong(RATIO, "0 to 1", text, e);
    }
    throw wrong(RATIO, "0 to 1", text, null);
  }

  private static IllegalArgumentException wrong(
      String key, String what, String was, Exception cause) {
    return new IllegalArgumentException(key + " must be " + what + ", was " + was, cause);
  }
}
