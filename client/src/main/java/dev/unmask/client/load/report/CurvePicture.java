package dev.unmask.client.load.report;

import static dev.unmask.client.document.Markup.tenths;

import dev.unmask.client.document.Axis;
import dev.unmask.client.document.Drawing;
import dev.unmask.client.document.LogAxis;
import dev.unmask.client.document.Markup;
import dev.unmask.client.document.Spread;
import dev.unmask.client.evaluation.report.table.Figures;
import java.util.List;
import java.util.stream.Collectors;

/** Curves below each other, as one SVG picture that loads nothing. For one thread. */
final class CurvePicture {
  private static final int WIDTH = 720;
  private static final int PANEL = 300;
  private static final int LEFT = 60;
  private static final int RIGHT = 56;
  private static final int TOP = 34;
  private static final int BOTTOM = 44;
  private static final int GAP = 15;
  private static final String STYLE =
      """
      svg { background: #ffffff; } text { fill: #1b1f24; font: 12px system-ui, sans-serif; } \
      .grid { stroke: #d0d7de; stroke-width: 1; } .bound { stroke: #cf222e; stroke-dasharray: 6 4; } \
      .line { fill: none; stroke-width: 1.5; } .p50 { stroke: #57606a; } .p95 { stroke: #0969da; } \
      .p99 { stroke: #cf222e; } .point { fill: #ffffff; stroke-width: 1.5; }\
      """;

  private final Markup markup = new Markup();
  private final Drawing drawing = new Drawing(markup);
  private final List<Curve> curves;

  private CurvePicture(List<Curve> curves) {
    this.curves = curves;
  }

  /** Draws latency against load; an empty picture where nothing was answered. */
  static String of(LoadReport report) {
    return new CurvePicture(Curve.of(report))
        .drawn("Latency against load: " + report.facts().model().name());
  }

  private String drawn(String title) {
    markup.element(
        "svg",
        () -> {
          markup.leaf("title", title);
          markup.leaf("style", STYLE);
          for (int i = 0; i < curves.size(); i++) {
            new Panel(curves.get(i), i * PANEL).draw();
          }
        },
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + WIDTH + " " + curves.size() * PANEL,
        "role",
        "img");
    markup.line();
    return markup.written();
  }

  /** One curve. */
  private final class Panel {
    private final Curve curve;
    private final double top;
    private final Axis loads;
    private final LogAxis millis;

    Panel(Curve curve, double offset) {
      this.curve = curve;
      this.top = offset + TOP;
      this.loads = curve.loads();
      this.millis = curve.millis();
    }

    void draw() {
      drawing.label("start", 4, top - 18, curve.title() + ", ms (logarithmic)");
      for (double mark : millis.marks()) {
        drawing.line("grid", LEFT, y(mark), WIDTH - RIGHT, y(mark));
        drawing.label("end", LEFT - 6, y(mark) + 4, Figures.plain(mark));
      }
      for (double mark : loads.marks()) {
        drawing.line("grid", x(mark), top, x(mark), bottom());
        drawing.label("middle", x(mark), bottom() + 16, Figures.plain(mark));
      }
      drawing.label("middle", (LEFT + WIDTH - RIGHT) / 2.0, bottom() + 34, curve.unit());
      curve
          .bound()
          .ifPresent(bound -> drawing.line("bound", LEFT, y(bound), WIDTH - RIGHT, y(bound)));
      curve.lines().forEach(this::line);
      names();
    }

    private void line(Curve.Line line) {
      var places =
          line.points().stream()
              .map(point -> tenths(x(point.load())) + "," + tenths(y(point.millis())))
              .collect(Collectors.joining(" "));
      markup.empty("polyline", "class", "line " + line.name(), "points", places);
      line.points().forEach(point -> point(line.name(), point));
    }

    private void point(String name, Curve.Point point) {
      markup.element(
          "circle",
          () -> markup.leaf("title", words(name, point)),
          "class",
          "point " + name,
          "cx",
          tenths(x(point.load())),
          "cy",
          tenths(y(point.millis())),
          "r",
          "3.5");
    }

    private String words(String name, Curve.Point point) {
      return Figures.plain(point.load())
          + " "
          + curve.unit()
          + ": "
          + name
          + " "
          + Figures.milliseconds(point.millis());
    }

    /** Beside the ends of the lines, apart from each other. */
    private void names() {
      var wanted =
          curve.lines().stream().mapToDouble(line -> y(line.points().getLast().millis())).toArray();
      var places = Spread.apart(wanted, GAP, top, bottom());
      for (int i = 0; i < places.length; i++) {
        drawing.label("start", WIDTH - RIGHT + 8, places[i] + 4, curve.lines().get(i).name());
      }
    }

    private double x(double load) {
      return LEFT + loads.place(load) * (WIDTH - RIGHT - LEFT);
    }

    private double y(double value) {
      return bottom() - millis.place(value) * (bottom() - top);
    }

    private double bottom() {
      return top + PANEL - TOP - BOTTOM;
    }
  }
}
