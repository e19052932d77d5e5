package dev.unmask.client.terminal;

/**
 * How a glyph is coloured.
 *
 * @param colour of the 256-colour palette
 * @param bold whether it stands out
 */
record Ink(int colour, boolean bold) {
  /** Text whose confidence nobody knows, or needs to. */
  static final Ink PLAIN = new Ink(252, false);

  /** A mask of the block being decoded. */
  static final Ink MASK = new Ink(67, false);

  /** A mask of a block still to come, and other things of little weight. */
  static final Ink FAINT = new Ink(239, false);

  /** Words around the picture. */
  static final Ink NOTE = new Ink(245, false);

  /** What is done, and good news. */
  static final Ink ACCENT = new Ink(79, false);

  /** Bad news. */
  static final Ink ALARM = new Ink(203, false);

  /** From doubt to certainty: warm where the model was unsure, calm where it was not. */
  private static final int[] SHADES = {203, 209, 215, 222, 229, 252};

  private static final double[] BOUNDS = {0.5, 0.7, 0.85, 0.95, 0.99};

  /**
   * The shade of a confidence. Negative ones are entropies with their sign turned, 0 the surest.
   *
   * @param fresh whether the token came with the latest step
   */
  static Ink of(double confidence, boolean fresh) {
    double certainty = confidence < 0 ? Math.exp(confidence) : confidence;
    int shade = 0;
    while (shade < BOUNDS.length && certainty >= BOUNDS[shade]) {
      shade++;
    }
    return new Ink(SHADES[shade], fresh);
  }

  /** The text in this ink. */
  String paint(String text) {
    return "\033[" + (bold ? "1;" : "") + "38;5;" + colour + "m" + text + "\033[0m";
  }
}
