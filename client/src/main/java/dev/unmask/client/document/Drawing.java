package dev.unmask.client.document;

import static dev.unmask.client.document.Markup.tenths;

/**
 * The marks every chart has, written as SVG into a document.
 *
 * @param markup of the document
 */
public record Drawing(Markup markup) {
  /** A straight line; its kind is a class of the style sheet. */
  public void line(String kind, double x1, double y1, double x2, double y2) {
    markup.empty(
        "line",
        "class",
        kind,
        "x1",
        tenths(x1),
        "y1",
        tenths(y1),
        "x2",
        tenths(x2),
        "y2",
        tenths(y2));
  }

  /** Text at a point; the anchor says which end of it. */
  public void label(String anchor, double x, double y, String text) {
    markup.leaf("text", text, "x", tenths(x), "y", tenths(y), "text-anchor", anchor);
  }
}
