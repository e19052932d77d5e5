package dev.unmask.contract;

import java.util.ArrayList;
import java.util.List;

/**
 * One broken bound of a request.
 *
 * @param field path of the field, e.g. {@code spec.threshold.threshold}
 * @param description what it must be and what it was
 */
public record Violation(String field, String description) {
  /** Room for the words that tell how many were left out. */
  private static final int COUNT_BYTES = 128;

  /**
   * As many as fit into the trailers that every gRPC client accepts ({@link
   * Limits#VIOLATION_BYTES}); the last one tells how many did not.
   */
  static List<Violation> listed(List<Violation> found) {
    var listed = new ArrayList<Violation>();
    int bytes = 0;
    for (var violation : found) {
      bytes += violation.field().length() + violation.description().length();
      if (bytes > Limits.VIOLATION_BYTES + COUNT_BYTES) {
        int more = found.size() - listed.size();
        listed.add(new Violation("request", "breaks " + more + " more rules, not listed"));
        return listed;
      }
      listed.add(violation);
    }
    return listed;
  }
}
