package dev.unmask.bench.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.contract.Limits;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A Prometheus, asked over its HTTP API. Safe for any thread. */
final class Prometheus implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI address;

  Prometheus(URI address) {
    this.address = address;
  }

  /**
   * What a query gave over a time.
   *
   * @param query in PromQL
   * @param step between two points
   * @throws IOException if there is no answer, or Prometheus refuses the query
   */
  List<Curve> curves(String query, Instant from, Instant to, Duration step)
      throws IOException, InterruptedException {
    var path =
        "/api/v1/query_range?query=%s&start=%d&end=%d&step=%d"
            .formatted(
                URLEncoder.encode(query, StandardCharsets.UTF_8),
                from.getEpochSecond(),
                to.getEpochSecond(),
                step.toSeconds());
    var curves = new ArrayList<Curve>();
    for (var series : data(path).required("result")) {
      curves.add(new Curve(points(series.required("values"))));
    }
    return curves;
  }

  /**
   * Alerts that wait or fire now.
   *
   * @throws IOException if there is no answer
   */
  List<Alert> alerts() throws IOException, InterruptedException {
    var alerts = new ArrayList<Alert>();
    for (var alert : data("/api/v1/alerts").required("alerts")) {
      alerts.add(
          new Alert(
              alert.at("/labels/alertname").asText(),
              alert.at("/labels/instance").asText(),
              alert.required("state").asText(),
              Instant.parse(alert.required("activeAt").asText())));
    }
    return alerts;
  }

  @Override
  public void close() {
    client.close();
  }

  private JsonNode data(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build();
    var body = BodyHandlers.limiting(BodyHandlers.ofString(), Limits.METRICS_PAGE_BYTES);
    var answer = json.readTree(client.send(request, body).body());
    if (!answer.path("status").asText().equals("success")) {
      throw new IOException(path + ": " + answer.path("error").asText());
    }
    return answer.required("data");
  }

  /** Prometheus writes a point as its time and its value, the latter in quotes. */
  private static List<Double> points(JsonNode values) {
    var points = new ArrayList<Double>();
    values.forEach(point -> points.add(number(point.required(1).asText())));
    return points;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
