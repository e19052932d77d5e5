package dev.unmask.client.terminal;

import java.util.ArrayList;
import java.util.List;

/** What a canvas and its text look like, before lines are broken. */
final class Glyphs {
  /** A mask; two columns, about half a token, so that lines grow little as tokens appear. */
  private static final String MASK = "░░";

  /** A special token. */
  private static final String SPECIAL = "·";

  private Glyphs() {}

  /** All cells: masks as texture, tokens as their text in the shade of their confidence. */
  static List<Glyph> of(Canvas canvas) {
    var glyphs = new ArrayList<Glyph>();
    for (int i = 0; i < canvas.cells().size(); i++) {
      switch (canvas.cells().get(i)) {
        case Cell.Mask _ -> glyphs.add(mask(i / canvas.blockLength() == canvas.block()));
        case Cell.Token token when token.special() ->
            glyphs.add(new Glyph(SPECIAL, Glyph.Kind.SIGN, Ink.FAINT));
        case Cell.Token token ->
            add(glyphs, token.piece(), Ink.of(token.confidence(), fresh(canvas, token)));
      }
    }
    return glyphs;
  }

  /**
   * The final text, in the shades of the cells it came from. Where text and cells part (a character
   * of several tokens) the rest is plain.
   */
  static List<Glyph> of(String text, Canvas canvas) {
    var shades = new ArrayList<Glyph>();
    for (var cell : canvas.cells()) {
      if (cell instanceof Cell.Token token && !token.special()) {
        add(shades, token.piece(), Ink.of(token.confidence(), false));
      }
    }
    var glyphs = new ArrayList<Glyph>();
    add(glyphs, text, Ink.PLAIN);
    for (int i = 0; i < Math.min(glyphs.size(), shades.size()); i++) {
      if (!glyphs.get(i).text().equals(shades.get(i).text())) {
        break;
      }
      glyphs.set(i, shades.get(i));
    }
    return glyphs;
  }

  private static Glyph mask(boolean current) {
    return new Glyph(MASK, Glyph.Kind.SIGN, current ? Ink.MASK : Ink.FAINT);
  }

  private static boolean fresh(Canvas canvas, Cell.Token token) {
    return token.step() == canvas.steps() - 1;
  }

  private static void add(List<Glyph> glyphs, String text, Ink ink) {
    text.codePoints().forEach(codePoint -> glyphs.add(Glyph.of(codePoint, ink)));
  }
}
