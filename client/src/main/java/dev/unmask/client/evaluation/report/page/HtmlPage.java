package dev.unmask.client.evaluation.report.page;

import dev.unmask.client.document.Markup;
import dev.unmask.client.evaluation.report.Facts;
import dev.unmask.client.evaluation.report.Report;
import dev.unmask.client.evaluation.report.Report.Group;
import dev.unmask.client.evaluation.report.Report.Method;
import dev.unmask.client.evaluation.report.Texts;
import dev.unmask.client.evaluation.report.table.Tables;
import java.util.List;
import java.util.stream.Stream;

/** A report as one page of HTML that loads nothing. For one thread. */
final class HtmlPage {
  private final Report report;
  private final Markup markup = new Markup();

  private HtmlPage(Report report) {
    this.report = report;
  }

  static String of(Report report) {
    return new HtmlPage(report).page();
  }

  private String page() {
    markup.documentType();
    markup.element(
        "html",
        () -> {
          markup.element("head", this::head);
          markup.line();
          markup.element("body", () -> markup.element("main", this::body));
        },
        "lang",
        "en");
    markup.line();
    return markup.written();
  }

  private void head() {
    markup.empty("meta", "charset", "utf-8");
    markup.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    markup.empty("meta", "name", "color-scheme", "content", "light dark");
    markup.leaf("title", Facts.TITLE);
    markup.leaf("style", Texts.read("report.css"));
  }

  private void body() {
    markup.leaf("h1", Facts.TITLE);
    markup.element("ul", () -> Facts.lines(report).forEach(line -> markup.leaf("li", line)));
    var tables = new HtmlTable(markup);
    Tables.of(report).forEach(table -> section(table.title(), () -> tables.draw(table)));
    section("Accuracy against speed", () -> groups().forEach(this::scatter));
    section("Rows computed", () -> groups().forEach(this::bars));
    section("Commit order", () -> report.groups().forEach(this::orders));
    section("What the figures are", this::definitions);
  }

  private void section(String title, Markup.Content content) {
    markup.element(
        "section",
        () -> {
          markup.leaf("h2", title);
          content.write();
        });
    markup.line();
  }

  private void scatter(Group group) {
    var methods = answered(group);
    if (!methods.isEmpty()) {
      var title = "Accuracy against tokens/s: " + Facts.name(group);
      figure(
          title + ". Whiskers are intervals of 95 %. The table of methods has the numbers.",
          () -> new ScatterChart(markup, methods).draw(title));
    }
  }

  private void bars(Group group) {
    var methods = answered(group);
    if (!methods.isEmpty()) {
      var title = "Share of rows computed: " + Facts.name(group);
      figure(
          title + ". 100 % is what the same steps compute without any cache.",
          () -> new BarChart(markup, methods).draw(title));
    }
  }

  private void orders(Group group) {
    for (var method : group.methods()) {
      method.sample().ifPresent(sample -> markup.element("details", () -> order(group, method)));
    }
  }

  private void order(Group group, Method method) {
    var sample = method.sample().orElseThrow();
    markup.leaf("summary", method.name() + ", " + Facts.name(group));
    var title = "Commit order of " + sample.id() + " by " + method.name();
    figure(
        title
            + ": positions from left to right, steps from top to bottom, the stronger the surer;"
            + " a cross where a token was taken back, a line where a block begins.",
        () -> new HeatMap(markup, sample).draw(title));
    markup.element(
        "details",
        () -> {
          markup.leaf("summary", "as a table");
          new HtmlTable(markup).draw(HeatMap.table(sample));
        });
  }

  private void figure(String caption, Markup.Content picture) {
    markup.element(
        "figure",
        () -> {
          picture.write();
          markup.leaf("figcaption", caption);
        });
    markup.line();
  }

  private void definitions() {
    markup.element(
        "dl",
        () ->
            report
                .definitions()
                .forEach((name, meaning) -> {
                  markup.leaf("dt", name);
                  markup.leaf("dd", meaning);
                }));
  }

  private Stream<Group> groups() {
    return Stream.concat(report.overall().stream(), report.groups().stream());
  }

  private static List<Method> answered(Group group) {
    return group.methods().stream().filter(Method::isAnswered).toList();
  }
}
