package dev.unmask.client.top.scrape;

import java.util.Map;

/**
 * A number on a page of metrics.
 *
 * @param name of its series, e.g. {@code unmask_step_seconds_bucket}
 * @param labels by name
 * @param value may be infinite, or no number
 */
record Sample(String name, Map<String, String> labels, double value) {
  Sample {
    labels = Map.copyOf(labels);
  }

  /** Whether it has these labels, whatever others it has. */
  boolean has(Map<String, String> wanted) {
    return labels.entrySet().containsAll(wanted.entrySet());
  }
}
