package dev.unmask.worker.unmask;

import dev.unmask.worker.sampling.Noise;
import java.util.stream.IntStream;

/** Rounds for tests. */
final class Rounds {
  private Rounds() {}

  /** The first step of a lone block with these scores. */
  static Round of(double... scores) {
    return at(0, 0, scores.length, scores);
  }

  /** A later step of a lone block. */
  static Round at(int step, int committed, int blockLength, double... scores) {
    return of(floats(scores), step, committed, new Layout(1, blockLength));
  }

  /** Any step, all of whose masks are candidates, side by side. */
  static Round of(float[] scores, int step, int committed, Layout layout) {
    return new Round(
        IntStream.range(0, scores.length).toArray(),
        scores,
        new float[scores.length][0],
        scores.length,
        step,
        committed,
        layout,
        new Noise(0, step));
  }

  /** The same round with what was probed of each candidate. */
  static Round probed(Round round, float[]... probed) {
    return new Round(
        round.positions(),
        round.scores(),
        probed,
        round.masks(),
        round.step(),
        round.committed(),
        round.layout(),
        round.noise());
  }

  /** The same round at other positions. */
  static Round at(Round round, int... positions) {
    return new Round(
        positions,
        round.scores(),
        round.probed(),
        round.masks(),
        round.step(),
        round.committed(),
        round.layout(),
        round.noise());
  }

  /** The same round with other noise. */
  static Round with(Round round, Noise noise) {
    return new Round(
        round.positions(),
        round.scores(),
        round.probed(),
        round.masks(),
        round.step(),
        round.committed(),
        round.layout(),
        noise);
  }

  private static float[] floats(double... numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
