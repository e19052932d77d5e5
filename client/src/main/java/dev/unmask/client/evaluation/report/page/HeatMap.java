package dev.unmask.client.evaluation.report.page;

import static dev.unmask.client.document.Markup.tenths;

import dev.unmask.client.document.Markup;
import dev.unmask.client.evaluation.report.Report.Sample;
import dev.unmask.client.evaluation.report.table.Figures;
import dev.unmask.client.evaluation.report.table.Table;
import dev.unmask.client.evaluation.result.Trace;
import java.util.List;
import java.util.Locale;

/**
 * In which step each position of one answer was decoded: positions from left to right, steps from
 * top to bottom, the stronger the surer; a cross where a token was taken back.
 */
final class HeatMap {
  private static final int WIDTH = 720;
  private static final int LEFT = 34;
  private static final int TOP = 18;
  private static final double LARGEST_CELL = 14;

  /** What few steps are stretched to, so that their numbers stand apart. */
  private static final double LEAST_HEIGHT = 160;

  private static final double LEAST_STRENGTH = 0.25;
  private static final int MARKS = 8;

  private final Markup markup;
  private final Sample sample;
  private final double cell;
  private final double row;

  HeatMap(Markup markup, Sample sample) {
    this.markup = markup;
    this.sample = sample;
    int positions = Math.max(1, sample.trace().tokens().size());
    this.cell = Math.min(LARGEST_CELL, (double) (WIDTH - LEFT) / positions);
    int steps = Math.max(1, sample.trace().steps().size());
    this.row = Math.max(cell, Math.min(LARGEST_CELL, LEAST_HEIGHT / steps));
  }

  void draw(String title) {
    var steps = sample.trace().steps();
    markup.element(
        "svg",
        () -> {
          markup.leaf("title", title);
          frame(steps.size());
          for (int step = 0; step < steps.size(); step++) {
            step(step, steps.get(step));
          }
        },
        "viewBox",
        "0 0 " + WIDTH + " " + tenths(TOP + steps.size() * row + 4),
        "role",
        "img");
  }

  private void frame(int steps) {
    int positions = sample.trace().tokens().size();
    for (int position = 0; position <= positions; position += every(positions)) {
      text(x(position), TOP - 6, "start", String.valueOf(position));
    }
    for (int step = 0; step < steps; step += every(steps)) {
      text(LEFT - 4, y(step) + Math.max(row, 8), "end", String.valueOf(step));
    }
    int block = sample.blockLength() > 0 ? sample.blockLength() : Math.max(1, positions);
    for (int start = 0; start <= positions; start += block) {
      markup.empty(
          "line",
          "class",
          "grid",
          "x1",
          tenths(x(start)),
          "y1",
          tenths(TOP),
          "x2",
          tenths(x(start)),
          "y2",
          tenths(y(steps)));
    }
  }

  private void step(int number, Trace.Step step) {
    for (int i = 0; i < step.positions().size(); i++) {
      double confidence = i < step.confidences().size() ? step.confidences().get(i) : 1;
      markup.empty(
          "rect",
          "class",
          "cell",
          "x",
          tenths(x(step.positions().get(i))),
          "y",
          tenths(y(number)),
          "width",
          tenths(cell),
          "height",
          tenths(row),
          "fill-opacity",
          strength(confidence));
    }
    step.revoked().forEach(position -> cross(x(position), y(number)));
  }

  private void cross(double x, double y) {
    markup.empty(
        "path",
        "class",
        "revoked",
        "d",
        String.format(
            Locale.ROOT,
            "M%.1f %.1fL%.1f %.1fM%.1f %.1fL%.1f %.1f",
            x,
            y,
            x + cell,
            y + row,
            x + cell,
            y,
            x,
            y + row));
  }

  /** Confidences outside 0 to 1, such as negative entropies, are drawn in full. */
  private static String strength(double confidence) {
    double sure = confidence < 0 || confidence > 1 ? 1 : confidence;
    return String.format(Locale.ROOT, "%.2f", LEAST_STRENGTH + (1 - LEAST_STRENGTH) * sure);
  }

  private static int every(int count) {
    return Math.max(1, (int) Math.ceil((double) count / MARKS));
  }

  private void text(double x, double y, String anchor, String content) {
    markup.leaf("text", content, "x", tenths(x), "y", tenths(y), "text-anchor", anchor);
  }

  private double x(int position) {
    return LEFT + position * cell;
  }

  private double y(int step) {
    return TOP + step * row;
  }

  /** The same as a table. */
  static Table table(Sample sample) {
    var steps = sample.trace().steps();
    var rows = new java.util.ArrayList<List<String>>();
    for (int i = 0; i < steps.size(); i++) {
      rows.add(
          List.of(
              String.valueOf(i),
              numbers(steps.get(i).positions()),
              numbers(steps.get(i).revoked())));
    }
    return new Table(
        "Commit order of " + sample.id(),
        "",
        List.of("step", "positions decoded", "positions taken back"),
        rows);
  }

  private static String numbers(List<Integer> positions) {
    return positions.isEmpty()
        ? Figures.NONE
        : String.join(", ", positions.stream().map(String::valueOf).toList());
  }
}
