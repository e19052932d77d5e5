package dev.unmask.worker.engine;

import dev.unmask.worker.decoding.Step;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.util.stream.IntStream;

/** Steps over a canvas of given tokens, scored where a test wants it. */
final class Steps {
  private Steps() {}

  static Step refresh(int[] canvas, int[] scored) {
    return rows(0, canvas, IntStream.range(0, canvas.length).toArray(), scored);
  }

  static Step rows(int number, int[] canvas, int[] rows, int[] scored) {
    int[] tokens = IntStream.of(rows).map(row -> canvas[row]).toArray();
    return new Step(
        number, rows, tokens, true, scored, Confidence.MAX_PROBABILITY, Sampling.GREEDY);
  }

  static Step sampled(Step step, Sampling sampling, Confidence confidence) {
    return new Step(
        step.number(),
        step.rows(),
        step.tokens(),
        step.keep(),
        step.scored(),
        confidence,
        sampling);
  }

  static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }
}
