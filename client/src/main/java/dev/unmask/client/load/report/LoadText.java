package dev.unmask.client.load.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A load test's report as one JSON object. */
public final class LoadText {
  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private LoadText() {}

  /** The object on one line. */
  public static String line(LoadReport report) {
    return written(report, false);
  }

  /** The object for those who read files, with a line end. */
  public static String page(LoadReport report) {
    return written(report, true) + "\n";
  }

  private static String written(LoadReport report, boolean pretty) {
    var node = JSON.<ObjectNode>valueToTree(report);
    report.search().ifPresent(searched -> node.set("search", JSON.valueToTree(searched)));
    try {
      return pretty
          ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node)
          : JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // A string takes everything.
    }
  }
}
