package dev.unmask.worker.replay;

import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.replay.cases.CaseReading;
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
  static TraceRun of(CaseReading reading, int[] prompt, Denoiser denoiser) {
    var decoding = new Decoding(reading.traits(), reading.method(), prompt);
    var steps = new ArrayList<TraceStep>();
    boolean ended = false;
    while (!decoding.done() && !ended) {
      var step = decoding.next();
      var outcome = decoding.advance(denoiser);
      steps.add(TraceStep.of(step, outcome, denoiser, prompt.length));
      ended = reading.ended(decoding.canvas(), prompt.length, decoding.finishedEnd());
    }
    return new TraceRun(reading.told(decoding.canvas(), prompt.length), steps);
  }

  /** The first thing that differs from a trace, in words; empty when nothing does. */
  Optional<String> differenceFrom(List<TraceStep> trace, int[] finalCanvas) {
    for (int i = 0; i < Math.min(steps.size(), trace.size()); i++) {
      var expected = trace.get(i);
      if (!steps.get(i).matches(expected, Replay.CONFIDENCE_TOLERANCE)) {
        return Optional.of("step %d: %s instead of %s".formatted(i, steps.get(i), expected));
      }
    }
    if (steps.size() != trace.size()) {
      return Optional.of("%d steps instead of %d".formatted(steps.size(), trace.size()));
    }
    return Arrays.equals(canvas, finalCanvas)
        ? Optional.empty()
        : Optional.of("the final canvas differs");
  }

  Map<Integer, Integer> forwardsByBlock() {
    var forwards = new HashMap<Integer, Integer>();
    steps.forEach(step -> forwards.merge(step.block(), 1, Integer::sum));
    return forwards;
  }
}
