package dev.unmask.worker.replay;

import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.decoding.Compatibility;
import dev.unmask.worker.decoding.EndOfSequenceRule;
import dev.unmask.worker.decoding.Method;
import dev.unmask.worker.unmask.Confidence;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import java.util.OptionalDouble;

/** Reads the arguments of LLaDA's own generate function. */
final class LladaCases {
  private LladaCases() {}

  static Method generate(Params params) throws UnsupportedCaseException {
    params.none("cfg_scale");
    params.only("remasking", "low_confidence");
    return new Method(
        params.integer("gen_length"),
        params.integer("block_length"),
        new FixedSchedule(new Pace.Steps(params.integer("steps"))),
        new NoCache(),
        Confidence.MAX_PROBABILITY,
        OptionalDouble.empty(),
        CaseReading.sampling(params),
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }
}
