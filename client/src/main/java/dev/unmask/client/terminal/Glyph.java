package dev.unmask.client.terminal;

/**
 * One sign in a terminal.
 *
 * @param text what is printed
 * @param kind how lines may break around it
 * @param ink its colour
 */
record Glyph(String text, Kind kind, Ink ink) {
  /** First and last code point of the ranges drawn two columns wide (Unicode's UAX 11, rounded). */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x2E80, 0xA4CF, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60,
    0xFFE0, 0xFFE6, 0x1F300, 0x1FAFF, 0x20000, 0x3FFFD
  };

  /** How lines may break around a glyph. */
  enum Kind {
    /** Part of a word. */
    LETTER,
    /** Ends a word. */
    SPACE,
    /** A word of its own. */
    SIGN,
    /** Ends a line. */
    NEWLINE
  }

  /** A code point of text; control characters, which could steer the terminal, are replaced. */
  static Glyph of(int codePoint, Ink ink) {
    if (codePoint == '\n') {
      return new Glyph("\n", Kind.NEWLINE, ink);
    }
    if (codePoint == ' ' || codePoint == '\t') {
      return new Glyph(" ", Kind.SPACE, ink);
    }
    int shown = Character.isISOControl(codePoint) ? 0xFFFD : codePoint;
    return new Glyph(Character.toString(shown), Kind.LETTER, ink);
  }

  /** Columns it takes: East Asian wide characters and emoji two, combining marks none. */
  int columns() {
    int columns = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      columns += columns(text.codePointAt(at));
    }
    return columns;
  }

  private static int columns(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> wide(codePoint) ? 2 : 1;
    };
  }

  private static boolean wide(int codePoint) {
    for (int i = 0; i < WIDE.length; i += 2) {
      if (codePoint >= WIDE[i] && codePoint <= WIDE[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
