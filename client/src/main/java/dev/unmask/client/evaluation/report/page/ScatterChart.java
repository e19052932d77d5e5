package dev.unmask.client.evaluation.report.page;

import static dev.unmask.client.document.Markup.tenths;

import dev.unmask.client.document.Axis;
import dev.unmask.client.document.Drawing;
import dev.unmask.client.document.Markup;
import dev.unmask.client.document.Spread;
import dev.unmask.client.evaluation.report.Report.Method;
import dev.unmask.client.evaluation.report.metric.Wilson;
import dev.unmask.client.evaluation.report.table.Figures;
import java.util.Comparator;
import java.util.List;

/**
 * Accuracy against speed, a point a method. Labels stand in a column beside the points, so that
 * none covers another however close the points are; a thin line leads to each.
 */
final class ScatterChart {
  private static final int WIDTH = 720;
  private static final int LEFT = 52;
  private static final int TOP = 30;
  private static final int BOTTOM = 44;
  private static final int LABELS = 190;
  private static final int GAP = 18;
  private static final int LEAST_HEIGHT = 320;

  private final Markup markup;
  private final Drawing drawing;
  private final List<Method> methods;
  private final int height;
  private final Axis speed;
  private final Axis accuracy;

  /** A chart of methods that have figures. */
  ScatterChart(Markup markup, List<Method> methods) {
    this.markup = markup;
    drawing = new Drawing(markup);
    // Of points side by side, the one nearest to the labels gets the nearest: no lines cross.
    this.methods =
        methods.stream()
            .sorted(
                Comparator.comparingDouble((Method m) -> -m.metrics().accuracy().rate())
                    .thenComparingDouble(m -> -speed(m)))
            .toList();
    this.height = Math.max(LEAST_HEIGHT, TOP + BOTTOM + methods.size() * GAP);
    this.speed = Axis.of(0, methods.stream().mapToDouble(ScatterChart::speed).max().orElse(1));
    this.accuracy =
        Axis.of(
            100 * methods.stream().mapToDouble(m -> interval(m).low()).min().orElse(0),
            100 * methods.stream().mapToDouble(m -> interval(m).high()).max().orElse(1));
  }

  void draw(String title) {
    markup.element(
        "svg",
        () -> {
          markup.leaf("title", title);
          axes();
          points();
        },
        "viewBox",
        "0 0 " + WIDTH + " " + height,
        "role",
        "img");
  }

  private void axes() {
    for (double mark : accuracy.marks()) {
      drawing.line("grid", LEFT, y(mark), right(), y(mark));
      drawing.label("end", LEFT - 6, y(mark) + 4, Figures.number(mark));
    }
    for (double mark : speed.marks()) {
      drawing.line("grid", x(mark), TOP, x(mark), height - BOTTOM);
      drawing.label("middle", x(mark), height - BOTTOM + 16, Figures.number(mark));
    }
    drawing.label("middle", (LEFT + right()) / 2, height - 8, "tokens/s (before_first_eos)");
    drawing.label("start", 4, 12, "accuracy, %");
  }

  private void points() {
    var wanted =
        methods.stream().mapToDouble(m -> y(100 * m.metrics().accuracy().rate())).toArray();
    var places = Spread.apart(wanted, GAP, TOP, height - BOTTOM);
    for (int i = 0; i < places.length; i++) {
      point(methods.get(i), wanted[i], places[i]);
    }
  }

  private void point(Method method, double y, double labelY) {
    double x = x(speed(method));
    drawing.line("leader", x, y, right() + 14, labelY);
    drawing.line(
        "whisker", x, y(100 * interval(method).low()), x, y(100 * interval(method).high()));
    markup.element(
        "circle",
        () -> markup.leaf("title", method.name()),
        "class",
        "point",
        "cx",
        tenths(x),
        "cy",
        tenths(y),
        "r",
        "4.5");
    drawing.label("start", right() + 18, labelY + 4, Labels.shortened(method.name()));
  }

  private double x(double value) {
    return LEFT + speed.place(value) * (right() - LEFT);
  }

  private double y(double percent) {
    return height - BOTTOM - accuracy.place(percent) * (height - BOTTOM - TOP);
  }

  private static double right() {
    return WIDTH - LABELS;
  }

  private static double speed(Method method) {
    return method.metrics().speed().beforeFirstEos();
  }

  private static Wilson interval(Method method) {
    return method.metrics().accuracy().interval();
  }
}
