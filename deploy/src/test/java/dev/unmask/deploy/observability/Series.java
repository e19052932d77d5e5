package dev.unmask.deploy.observability;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What services serve, and what Prometheus adds.
 *
 * @param labels of each metric
 */
record Series(Map<String, Set<String>> labels) {
  private static final Pattern LINE = Pattern.compile("(?m)^([a-zA-Z_]\\w*)(?:\\{(.*)})? [^ ]+$");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"");
  private static final Set<String> ADDED = Set.of("instance", "job");

  static Series of(Iterable<String> pages) {
    var labels = new HashMap<String, Set<String>>();
    labels.put("up", new HashSet<>(ADDED));
    for (var page : pages) {
      LINE.matcher(page)
          .results()
          .forEach(line -> {
            var its = labels.computeIfAbsent(line.group(1), _ -> new HashSet<>(ADDED));
            if (line.group(2) != null) {
              LABEL.matcher(line.group(2)).results().forEach(label -> its.add(label.group(1)));
            }
          });
    }
    return new Series(labels);
  }

  /** Whether any metric has this label. */
  boolean hasLabel(String label) {
    return labels.values().stream().anyMatch(its -> its.contains(label));
  }
}
