package dev.unmask.client.load.report;

import dev.unmask.client.evaluation.report.table.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A curve for a terminal: a sign for each percentile at each load, dots on the way between.
 * Latencies on a logarithmic scale, because the end of the curve is many times its beginning.
 */
final class TextChart {
  private static final int HEIGHT = 11;
  private static final int GUTTER = 9;
  private static final int MOST_COLUMNS = 100;
  private static final char WAY = '·';
  private static final char[] SIGNS = {'o', '+', 'x'};

  private final Curve curve;
  private final int width;
  private final char[][] grid;

  private TextChart(Curve curve, int columns) {
    this.curve = curve;
    this.width = Math.min(columns, MOST_COLUMNS) - GUTTER;
    this.grid = new char[HEIGHT][width];
    for (char[] row : grid) {
      Arrays.fill(row, ' ');
    }
  }

  /**
   * Draws.
   *
   * @param columns of the terminal
   */
  static List<String> lines(Curve curve, int columns) {
    return new TextChart(curve, columns).draw();
  }

  private List<String> draw() {
    curve.bound().ifPresent(bound -> Arrays.fill(grid[row(bound)], '-'));
    for (var line : curve.lines()) {
      ways(line.points());
    }
    // Signs last, and the highest percentile first: where they meet, the median stays visible.
    for (int i = curve.lines().size() - 1; i >= 0; i--) {
      for (var point : curve.lines().get(i).points()) {
        grid[row(point.millis())][column(point.load())] = SIGNS[i];
      }
    }
    var lines = new ArrayList<String>();
    lines.add(title());
    for (int row = 0; row < HEIGHT; row++) {
      lines.add((label(row) + new String(grid[row])).stripTrailing());
    }
    lines.add(" ".repeat(GUTTER - 1) + "└" + "─".repeat(width));
    lines.add(loads());
    return lines;
  }

  private String title() {
    var signs = new StringBuilder(curve.title() + ", ms:");
    for (int i = 0; i < curve.lines().size(); i++) {
      signs.append(' ').append(SIGNS[i]).append(' ').append(curve.lines().get(i).name());
    }
    curve.bound().ifPresent(bound -> signs.append(" - promised p95"));
    return signs.toString();
  }

  private void ways(List<Curve.Point> points) {
    for (int i = 1; i < points.size(); i++) {
      int from = column(points.get(i - 1).load());
      int to = column(points.get(i).load());
      double start = place(points.get(i - 1).millis());
      double end = place(points.get(i).millis());
      for (int column = from + 1; column < to; column++) {
        double share = (double) (column - from) / (to - from);
        grid[rowAt(start + share * (end - start))][column] = WAY;
      }
    }
  }

  /** The mark whose row this is, if there is one. */
  private String label(int row) {
    var mark = curve.millis().marks().stream().filter(value -> row(value) == row).findFirst();
    var text = mark.map(Figures::plain).orElse("");
    return " ".repeat(Math.max(0, GUTTER - 2 - text.length()))
        + text
        + (mark.isPresent() ? " ┤" : " │");
  }

  private String loads() {
    var text = new StringBuilder(" ".repeat(GUTTER));
    for (double mark : curve.loads().marks()) {
      var label = Figures.plain(mark);
      int at = GUTTER + Math.min(column(mark), width - label.length());
      if (at > text.length() || text.length() == GUTTER) {
        text.append(" ".repeat(Math.max(0, at - text.length()))).append(label);
      }
    }
    return text + " " + curve.unit();
  }

  private double place(double millis) {
    return curve.millis().place(millis);
  }

  private int row(double millis) {
    return rowAt(place(millis));
  }

  private static int rowAt(double place) {
    return (int) Math.round((1 - place) * (HEIGHT - 1));
  }

  private int column(double load) {
    return (int) Math.round(curve.loads().place(load) * (width - 1));
  }
}
