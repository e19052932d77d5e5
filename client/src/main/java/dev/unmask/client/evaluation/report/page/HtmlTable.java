package dev.unmask.client.evaluation.report.page;

import dev.unmask.client.document.Markup;
import dev.unmask.client.evaluation.report.table.Table;

/** Draws tables; the first cell of a row names it. */
record HtmlTable(Markup markup) {
  void draw(Table table) {
    if (!table.note().isEmpty()) {
      markup.leaf("p", table.note());
    }
    // A region that scrolls by itself must be within reach of a keyboard.
    markup.element(
        "div",
        () -> markup.element("table", () -> content(table)),
        "class",
        "wide",
        "tabindex",
        "0",
        "role",
        "region",
        "aria-label",
        table.title());
    markup.line();
  }

  private void content(Table table) {
    markup.element(
        "thead",
        () ->
            markup.element(
                "tr",
                () -> table.header().forEach(name -> markup.leaf("th", name, "scope", "col"))));
    markup.element("tbody", () -> table.rows().forEach(this::row));
  }

  private void row(java.util.List<String> cells) {
    markup.line();
    markup.element(
        "tr",
        () -> {
          markup.leaf("th", cells.getFirst(), "scope", "row");
          cells.stream().skip(1).forEach(cell -> markup.leaf("td", cell));
        });
  }
}
