package dev.unmask.worker.engine;

import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.rows.Wanted;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.util.Optional;
import java.util.stream.IntStream;

/** Steps over a canvas of given tokens, scored where a test wants it. */
final class Steps {
  private Steps() {}

  static Step refresh(int[] canvas, int[] scored) {
    return rows(0, canvas, IntStream.range(0, canvas.length).toArray(), scored);
  }

  static Step rows(int number, int[] canvas, int[] rows, int[] scored) {
    int[] tokens = IntStream.of(rows).map(row -> canvas[row]).toArray();
    return step(number, rows, tokens, scored, new Mechanism.Overwrite(false));
  }

  private static Step step(
      int number, int[] rows, int[] tokens, int[] scored, Mechanism mechanism) {
    return new Step(
        number,
        rows,
        tokens,
        mechanism,
        scored,
        new int[0],
        Wanted.of(Confidence.MAX_PROBABILITY, Sampling.GREEDY),
        Optional.empty());
  }

  /** The same step with another mechanism. */
  static Step with(Step step, Mechanism mechanism) {
    return step(step.number(), step.rows(), step.tokens(), step.scored(), mechanism);
  }

  static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }
}
