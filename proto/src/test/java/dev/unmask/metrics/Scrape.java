package dev.unmask.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a service answered Prometheus, for tests.
 *
 * @param text as it came
 */
public record Scrape(String text) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Asks a service; fails unless it answers with metrics. */
  public static Scrape of(URI service) {
    var answer = get(service.resolve("/metrics"));
    var type = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() != 200 || !type.startsWith("text/plain; version=0.0.4")) {
      throw new AssertionError(answer.statusCode() + " " + type + " " + answer.body());
    }
    return new Scrape(answer.body());
  }

  /** Asks for a page. */
  public static HttpResponse<String> get(URI page) {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(page).timeout(PATIENCE).GET().build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A sample.
   *
   * @param series name and tags as they are written, e.g. {@code up{job="x"}}
   */
  public double value(String series) {
    return text.lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series + " in\n" + text));
  }

  /**
   * Types of our own metrics by name; the largest value lately that goes with a histogram is none.
   */
  public Map<String, String> types() {
    var types = new TreeMap<String, String>();
    lines("# TYPE unmask_").forEach(words -> types.put(words[2], words[3]));
    types
        .keySet()
        .removeIf(name ->
            name.endsWith("_max")
                && types.containsKey(name.substring(0, name.length() - "_max".length())));
    return types;
  }

  private Stream<String[]> lines(String beginning) {
    return text.lines().filter(line -> line.startsWith(beginning)).map(line -> line.split(" "));
  }
}
