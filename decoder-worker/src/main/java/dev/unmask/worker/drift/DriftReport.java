package dev.unmask.worker.drift;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a study found, as Markdown. */
public final class DriftReport {
  static final String RULE =
      "of each share the greatest depth, below all layers, up to which no depth loses more than one"
          + " question in a hundred against no sharing";

  private static final List<String> TRIALS =
      List.of(
          "share",
          "layers taken",
          "right",
          "accuracy",
          "shared positions",
          "rows of the first forward",
          "rows of all",
          "first forward, ms",
          "all, ms");

  private static final List<String> DRIFT =
      List.of("layer", "K", "K cosine", "V", "V cosine", "hidden, after it", "cosine");

  private DriftReport() {}

  /** A section about one model. */
  public static String of(Findings findings) {
    var lines = new ArrayList<String>();
    lines.add("## " + findings.model().getIdentity().getName());
    lines.add("");
    lines.add("Depths chosen: " + depths(findings) + ".");
    lines.add("");
    table(lines, TRIALS, findings.trials().stream().map(f -> row(f, findings)).toList());
    lines.add("");
    lines.add(
        "Right answers of each document by layers taken, all of what prompts have in common:");
    lines.add("");
    table(lines, documents(findings), findings.documents().stream().map(DriftReport::row).toList());
    lines.add("");
    lines.add("Drift of what prompts have in common, donor's against own forward (length of the");
    lines.add("difference as a share of the own state's length; cosine), means of all questions:");
    lines.add("");
    table(lines, DRIFT, findings.drift().stream().map(d -> row(d, findings)).toList());
    return String.join("\n", lines) + "\n";
  }

  private static String depths(Findings findings) {
    return findings.table().bounds().stream()
        .map(bound ->
            "%d of %d layers up to %s of the prompt"
                .formatted(bound.depth(), findings.layers(), percent(bound.share())))
        .collect(Collectors.joining(", "));
  }

  private static void table(List<String> lines, List<String> heads, List<List<String>> rows) {
    lines.add("| " + String.join(" | ", heads) + " |");
    lines.add("|" + "---|".repeat(heads.size()));
    rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
  }

  private static List<String> row(Finding found, Findings all) {
    boolean naive = found.depth() == all.layers();
    return List.of(
        percent(found.share()),
        found.depth() + (naive ? " (all: naive)" : ""),
        found.right() + " of " + found.questions(),
        number("%.1f %%", 100 * found.accuracy()),
        number("%.0f", found.shared()),
        number("%.0f", found.firstRows()),
        number("%.0f", found.rows()),
        millis(found.first()),
        millis(found.total()));
  }

  private static List<String> documents(Findings findings) {
    return Stream.concat(
            Stream.of("shared positions", "questions"),
            IntStream.rangeClosed(0, findings.layers()).mapToObj(String::valueOf))
        .toList();
  }

  private static List<String> row(List<Finding> document) {
    var any = document.getLast();
    return Stream.concat(
            Stream.of(number("%.0f", any.shared()), String.valueOf(any.questions())),
            document.stream().map(found -> String.valueOf(found.right())))
        .toList();
  }

  private static List<String> row(LayerDrift drift, Findings all) {
    boolean last = drift.layer() + 1 == all.layers();
    return List.of(
        String.valueOf(drift.layer()),
        number("%.3f", drift.keys().relative()),
        number("%.4f", drift.keys().cosine()),
        number("%.3f", drift.values().relative()),
        number("%.4f", drift.values().cosine()),
        last ? "–" : number("%.3f", drift.hidden().relative()),
        last ? "–" : number("%.4f", drift.hidden().cosine()));
  }

  private static String percent(double share) {
    return number("%.0f %%", 100 * share);
  }

  private static String millis(Duration time) {
    return number("%.1f", time.toNanos() / 1e6);
  }

  private static String number(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
