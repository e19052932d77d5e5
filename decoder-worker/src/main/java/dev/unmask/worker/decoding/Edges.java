package dev.unmask.worker.decoding;

import dev.unmask.worker.unmask.EntropyBound;
import dev.unmask.worker.unmask.Factor;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.LeftToRight;
import dev.unmask.worker.unmask.Origin;
import dev.unmask.worker.unmask.PcSampler;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import dev.unmask.worker.unmask.Wino;

/**
 * The ends of unmask policies at which implementations of one rule part.
 *
 * @param factor how the run of the factor policy ends
 * @param leftOut which entropy the entropy bound does not sum
 * @param wholeRun whether left to right commits all it may when there is no threshold
 * @param shrinkingWindow whether WINO looks at less and less of a block
 * @param above whether a score must be above a threshold, not just equal
 * @param ofLength whether a step's share of a block is of its length, not of its masks
 */
record Edges(
    Factor.Edge factor,
    EntropyBound.LeftOut leftOut,
    boolean wholeRun,
    boolean shrinkingWindow,
    boolean above,
    boolean ofLength) {
  static final Edges OURS =
      new Edges(Factor.Edge.THEOREM, EntropyBound.LeftOut.LARGEST, false, false, false, false);
  static final Edges FAST_DLLM =
      new Edges(Factor.Edge.FAST_DLLM, EntropyBound.LeftOut.LARGEST, false, false, false, false);
  static final Edges D2CACHE =
      new Edges(Factor.Edge.D2CACHE, EntropyBound.LeftOut.LAST, true, true, false, false);
  static final Edges BLOCK_DIFFUSION =
      new Edges(Factor.Edge.THEOREM, EntropyBound.LeftOut.NONE, false, false, true, true);

  /** A policy with these ends. */
  UnmaskPolicy of(UnmaskPolicy policy) {
    return switch (policy) {
      case Factor p -> p.with(factor);
      case EntropyBound p -> p.with(leftOut);
      case LeftToRight p -> p.with(wholeRun);
      case FixedSchedule p -> p.with(ofLength);
      case Threshold p -> p.with(above);
      case Klass p -> p;
      case Wino p -> p;
      case PcSampler p -> p;
      case Origin p -> p;
    };
  }
}
