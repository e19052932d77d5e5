package dev.unmask.client.terminal;

import java.util.ArrayList;
import java.util.List;

/** Draws canvases as lines of a terminal. Pure: the same canvas gives the same lines. */
public final class Picture {
  /** Left of every line. */
  static final String MARGIN = "  ";

  /** Lines longer than this are hard to read. */
  private static final int READABLE_COLUMNS = 88;

  /** The progress line, the line above it and the cursor's line. */
  private static final int ROWS_BELOW = 3;

  private final Paper paper;

  /** Draws for one terminal. */
  public Picture(Paper paper) {
    this.paper = paper;
  }

  /**
   * The canvas while it denoises, a progress line below. Never higher than the terminal: of a
   * larger canvas the lines around the first mask are shown.
   */
  public List<String> unfinished(Canvas canvas) {
    var lines = wrapped(Glyphs.of(canvas));
    int rows = Math.min(lines.size(), paper.rows() - ROWS_BELOW);
    int first = Math.clamp((long) firstMask(lines) - rows / 2, 0, lines.size() - rows);
    var picture =
        new ArrayList<>(lines.subList(first, first + rows).stream().map(this::line).toList());
    picture.add("");
    picture.add(MARGIN + ProgressLine.of(canvas, paper));
    return picture;
  }

  /** The answer in the shades of its canvas. */
  public List<String> finished(Canvas canvas, String text) {
    return wrapped(Glyphs.of(text.strip(), canvas)).stream().map(this::line).toList();
  }

  /** Text that is no answer: a heading, a question, figures. */
  public List<String> note(String text) {
    return painted(text, Ink.NOTE);
  }

  /** Text that tells good news. */
  public List<String> good(String text) {
    return painted(text, Ink.ACCENT);
  }

  /** Text that tells bad news. */
  public List<String> bad(String text) {
    return painted(text, Ink.ALARM);
  }

  private List<String> painted(String text, Ink ink) {
    var glyphs = text.codePoints().mapToObj(codePoint -> Glyph.of(codePoint, ink)).toList();
    return wrapped(glyphs).stream().map(this::line).toList();
  }

  private List<List<Glyph>> wrapped(List<Glyph> glyphs) {
    int room = paper.columns() - 2 * MARGIN.length();
    return Wrapping.lines(glyphs, Math.min(room, READABLE_COLUMNS));
  }

  private static int firstMask(List<List<Glyph>> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).stream().anyMatch(glyph -> glyph.ink().equals(Ink.MASK))) {
        return i;
      }
    }
    return 0;
  }

  /** One line, neighbours of one ink painted together. */
  private String line(List<Glyph> glyphs) {
    var line = new StringBuilder(MARGIN);
    int from = 0;
    for (int to = 1; to <= glyphs.size(); to++) {
      if (to == glyphs.size() || !glyphs.get(to).ink().equals(glyphs.get(from).ink())) {
        line.append(paper.paint(text(glyphs.subList(from, to)), glyphs.get(from).ink()));
        from = to;
      }
    }
    return line.toString().stripTrailing();
  }

  private static String text(List<Glyph> glyphs) {
    var text = new StringBuilder();
    glyphs.forEach(glyph -> text.append(glyph.text()));
    return text.toString();
  }
}
