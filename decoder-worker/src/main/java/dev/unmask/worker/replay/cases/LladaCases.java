package dev.unmask.worker.replay.cases;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Guidance;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import java.util.Optional;

/** Reads the arguments of LLaDA's own generate function, which others have copied. */
final class LladaCases {
  private LladaCases() {}

  static Method generate(Params params, CachePolicy cache, Compatibility compatibility)
      throws UnsupportedCaseException {
    params.only("remasking", "low_confidence");
    return new Method(
        params.integer("gen_length"),
        params.integer("block_length"),
        new FixedSchedule(new Pace.Steps(params.integer("steps"))),
        cache,
        CaseReading.scoring(Confidence.MAX_PROBABILITY, params),
        guidance(params),
        EndOfSequenceRule.DECODE_ALL,
        compatibility);
  }

  private static Optional<Guidance> guidance(Params params) {
    double scale = params.number("cfg_scale", 0);
    int interval = params.integer("cfg_interval_steps", 1);
    return scale == 0 ? Optional.empty() : Optional.of(new Guidance(scale, interval));
  }
}
