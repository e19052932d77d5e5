package dev.unmask.client.evaluation.report.page;

import static dev.unmask.client.document.Markup.tenths;

import dev.unmask.client.document.Markup;
import dev.unmask.client.evaluation.report.Report.Method;
import dev.unmask.client.evaluation.report.table.Figures;
import java.util.List;

/** Which share of the rows each method computed, a bar each. */
final class BarChart {
  private static final int WIDTH = 720;
  private static final int LEFT = 190;
  private static final int RIGHT = 60;
  private static final int ROW = 24;
  private static final int THICKNESS = 14;

  private final Markup markup;
  private final List<Method> methods;

  /** A chart of methods that have figures. */
  BarChart(Markup markup, List<Method> methods) {
    this.markup = markup;
    this.methods = methods;
  }

  void draw(String title) {
    markup.element(
        "svg",
        () -> {
          markup.leaf("title", title);
          for (int i = 0; i < methods.size(); i++) {
            bar(methods.get(i), i * ROW);
          }
        },
        "viewBox",
        "0 0 " + WIDTH + " " + methods.size() * ROW,
        "role",
        "img");
  }

  private void bar(Method method, double top) {
    double share = method.metrics().rowsShare();
    double width = Math.clamp(share, 0, 1) * (WIDTH - LEFT - RIGHT);
    double middle = top + ROW / 2.0 + 4;
    markup.leaf(
        "text",
        Labels.shortened(method.name()),
        "x",
        tenths(LEFT - 8),
        "y",
        tenths(middle),
        "text-anchor",
        "end");
    markup.empty(
        "rect",
        "class",
        "bar",
        "x",
        tenths(LEFT),
        "y",
        tenths(top + (ROW - THICKNESS) / 2.0),
        "width",
        tenths(width),
        "height",
        tenths(THICKNESS));
    markup.leaf(
        "text", Figures.percent(share) + " %", "x", tenths(LEFT + width + 6), "y", tenths(middle));
  }
}
