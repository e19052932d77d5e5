package dev.unmask.worker.replay;

import java.io.PrintStream;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a folder of traces went.
 *
 * @param results one a case
 */
public record ReplayReport(List<Result> results) {
  public ReplayReport {
    results = List.copyOf(results);
  }

  /** How one case went. */
  public sealed interface Result {
    /** Id of the case. */
    String id();

    /** Method of the case, as the index names it. */
    String method();
  }

  /** Everything was equal. */
  public record Passed(String id, String method) implements Result {}

  /**
   * Something differed.
   *
   * @param difference the first one
   */
  public record Failed(String id, String method, String difference) implements Result {}

  /**
   * Not run.
   *
   * @param reason what is not built
   */
  public record Skipped(String id, String method, String reason) implements Result {}

  /** How many cases were equal. */
  public int passed() {
    return Math.toIntExact(of(Passed.class).count());
  }

  /** How many cases differed. */
  public int failed() {
    return failures().size();
  }

  /** Cases that differed. */
  public List<Failed> failures() {
    return of(Failed.class).toList();
  }

  /** Cases that were not run. */
  public List<Skipped> skipped() {
    return of(Skipped.class).toList();
  }

  /** The last line: {@code N passed, N failed}. */
  public String summary() {
    return passed() + " passed, " + failed() + " failed";
  }

  /** Prints skipped cases by method, failures one by one, and the summary. */
  public void print(PrintStream out) {
    of(Skipped.class)
        .collect(
            Collectors.groupingBy(
                s -> s.method() + ": " + s.reason(), TreeMap::new, Collectors.counting()))
        .forEach((method, count) -> out.println("skipped " + count + " " + method));
    failures().forEach(f -> out.println("failed " + f.id() + ": " + f.difference()));
    out.println(summary());
  }

  private <T extends Result> Stream<T> of(Class<T> kind) {
    return results.stream().filter(kind::isInstance).map(kind::cast);
  }
}
