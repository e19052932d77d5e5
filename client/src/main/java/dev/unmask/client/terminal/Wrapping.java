package dev.unmask.client.terminal;

import java.util.ArrayList;
import java.util.List;

/** Breaks glyphs into lines: at newlines, else after spaces, else within a word too long. */
final class Wrapping {
  private final int columns;
  private final List<List<Glyph>> lines = new ArrayList<>();
  private List<Glyph> line = new ArrayList<>();
  private List<Glyph> word = new ArrayList<>();

  private Wrapping(int columns) {
    this.columns = columns;
  }

  /** Lines of at most {@code columns} columns, the spaces at their ends not counted. */
  static List<List<Glyph>> lines(List<Glyph> glyphs, int columns) {
    var wrapping = new Wrapping(columns);
    glyphs.forEach(wrapping::add);
    wrapping.endLine();
    return wrapping.lines;
  }

  private void add(Glyph glyph) {
    switch (glyph.kind()) {
      case NEWLINE -> endLine();
      case SPACE -> {
        endWord();
        line.add(glyph);
      }
      case SIGN -> {
        endWord();
        word.add(glyph);
        endWord();
      }
      case LETTER -> {
        if (width(word) + glyph.columns() > columns) {
          endWord();
        }
        word.add(glyph);
      }
    }
  }

  private void endWord() {
    if (!line.isEmpty() && width(line) + width(word) > columns && !word.isEmpty()) {
      lines.add(line);
      line = new ArrayList<>();
    }
    line.addAll(word);
    word = new ArrayList<>();
  }

  private void endLine() {
    endWord();
    lines.add(line);
    line = new ArrayList<>();
  }

  private static int width(List<Glyph> glyphs) {
    return glyphs.stream().mapToInt(Glyph::columns).sum();
  }
}
