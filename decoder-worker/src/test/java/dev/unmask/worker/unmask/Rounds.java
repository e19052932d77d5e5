package dev.unmask.worker.unmask;

/** Rounds for tests. */
final class Rounds {
  private Rounds() {}

  /** The first step of a lone block with these scores. */
  static Round of(double... scores) {
    return at(0, 0, scores.length, scores);
  }

  /** A later step of a lone block. */
  static Round at(int step, int committed, int blockLength, double... scores) {
    float[] floats = new float[scores.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) scores[i];
    }
    return new Round(floats, step, committed, new Layout(1, blockLength));
  }
}
