package dev.unmask.client.terminal;

import java.util.Locale;

/** One line about how far a canvas is. */
final class ProgressLine {
  private static final int BAR = 24;

  private ProgressLine() {}

  /** A bar of the known cells, then block, step and pace; as much of it as fits. */
  static String of(Canvas canvas, Paper paper) {
    var words = words(canvas);
    int room = paper.columns() - Picture.MARGIN.length();
    if (words.length() > room) {
      return paper.paint(words.substring(0, room), Ink.NOTE);
    }
    if (words.length() + BAR + 2 > room) {
      return paper.paint(words, Ink.NOTE);
    }
    int done = canvas.cells().isEmpty() ? 0 : canvas.known() * BAR / canvas.cells().size();
    return paper.paint("━".repeat(done), Ink.ACCENT)
        + paper.paint((paper.colour() ? "━" : "─").repeat(BAR - done), Ink.FAINT)
        + "  "
        + paper.paint(words, Ink.NOTE);
  }

  private static String words(Canvas canvas) {
    double pace = canvas.steps() == 0 ? 0 : (double) canvas.known() / canvas.steps();
    return String.format(
        Locale.ROOT,
        "block %d/%d · step %d · %.1f tokens/step · %d/%d",
        canvas.block() + 1,
        canvas.blocks(),
        canvas.steps(),
        pace,
        canvas.known(),
        canvas.cells().size());
  }
}
