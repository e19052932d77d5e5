package dev.unmask.worker.replay;

import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.replay.cases.GoldenCase;
import dev.unmask.worker.replay.cases.TraceStep;
import dev.unmask.worker.rows.Denoiser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What our decoding of one row did.
 *
 * @param canvas at the end
 * @param steps one a forward
 */
record TraceRun(int[] canvas, List<TraceStep> steps) {
  static TraceRun of(Decoding decoding, Denoiser denoiser) {
    var steps = new ArrayList<TraceStep>();
    while (!decoding.done()) {
      var step = decoding.next();
      var outcome = decoding.advance(denoiser);
      steps.add(TraceStep.of(step, outcome, denoiser));
    }
    return new TraceRun(decoding.canvas(), steps);
  }

  /** The first thing that differs from a trace, in words; empty when nothing does. */
  Optional<String> differenceFrom(GoldenCase.Row row) {
    for (int i = 0; i < Math.min(steps.size(), row.steps().size()); i++) {
      var expected = row.steps().get(i);
      if (!steps.get(i).matches(expected, Replay.CONFIDENCE_TOLERANCE)) {
        return Optional.of("step %d: %s instead of %s".formatted(i, steps.get(i), expected));
      }
    }
    if (steps.size() != row.steps().size()) {
      return Optional.of("%d steps instead of %d".formatted(steps.size(), row.steps().size()));
    }
    return Arrays.equals(canvas, row.finalCanvas())
        ? Optional.empty()
        : Optional.of("the final canvas differs");
  }

  Map<Integer, Integer> forwardsByBlock() {
    var forwards = new HashMap<Integer, Integer>();
    steps.forEach(step -> forwards.merge(step.block(), 1, Integer::sum));
    return forwards;
  }
}
