package dev.unmask.worker.api;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.worker.unmask.EntropyBound;
import dev.unmask.worker.unmask.Factor;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.LeftToRight;
import dev.unmask.worker.unmask.Origin;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.PcSampler;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import dev.unmask.worker.unmask.Wino;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The unmask policy of a spec, with the contract's defaults. */
final class UnmaskSpecs {
  private static final double THRESHOLD = 0.9;
  private static final double FACTOR = 1;
  private static final double EPSILON = 1e-3;
  private static final double GAMMA = 1e-3;
  private static final double KL_THRESHOLD = 0.01;
  private static final int KL_HISTORY_LENGTH = 2;
  private static final double WIDE_IN = 0.7;
  private static final double NARROW_OUT = 0.9;
  private static final double CLIP_ALPHA = 10;

  private UnmaskSpecs() {}

  /**
   * What a spec asks for.
   *
   * @param positions of all its blocks, which a plan of a step a token has as many steps as
   */
  static UnmaskPolicy policy(DecodingSpec spec, int positions) {
    return switch (spec.getUnmaskCase()) {
      case FIXED_SCHEDULE -> schedule(spec.getFixedSchedule());
      case THRESHOLD, UNMASK_NOT_SET -> threshold(spec.getThreshold());
      case FACTOR -> factor(spec.getFactor());
      case ENTROPY_BOUND -> entropyBound(spec.getEntropyBound());
      case KLASS -> klass(spec.getKlass());
      case WINO -> wino(spec.getWino());
      case PC_SAMPLER -> pcSampler(spec.getPcSampler());
      case LEFT_TO_RIGHT -> leftToRight(spec.getLeftToRight());
      case ORIGIN -> origin(spec.getOrigin(), positions);
    };
  }

  private static FixedSchedule schedule(dev.unmask.type.v1.FixedSchedule schedule) {
    return new FixedSchedule(
        pace(schedule),
        schedule.hasAlgTemp() ? OptionalDouble.of(schedule.getAlgTemp()) : OptionalDouble.empty());
  }

  private static Pace pace(dev.unmask.type.v1.FixedSchedule schedule) {
    return switch (schedule.getPaceCase()) {
      case STEPS -> new Pace.Steps(schedule.getSteps());
      case TOKENS_PER_STEP -> new Pace.TokensPerStep(schedule.getTokensPerStep());
      case TIME -> {
        var time = schedule.getTime();
        yield new Pace.TimeSchedule(
            time.getSteps(), time.hasEpsilon() ? time.getEpsilon() : EPSILON);
      }
      case PACE_NOT_SET -> new Pace.TokensPerStep(1);
    };
  }

  private static Threshold threshold(dev.unmask.type.v1.Threshold threshold) {
    return new Threshold(
        threshold.hasThreshold() ? threshold.getThreshold() : THRESHOLD,
        threshold.hasMinTokensPerStep() ? threshold.getMinTokensPerStep() : 1,
        threshold.hasSteps() ? OptionalInt.of(threshold.getSteps()) : OptionalInt.empty());
  }

  private static Factor factor(dev.unmask.type.v1.Factor factor) {
    return new Factor(
        factor.hasFactor() ? factor.getFactor() : FACTOR,
        factor.hasMinTokensPerStep() ? factor.getMinTokensPerStep() : 1,
        Factor.Edge.THEOREM);
  }

  private static EntropyBound entropyBound(dev.unmask.type.v1.EntropyBound bound) {
    return new EntropyBound(
        bound.hasGamma() ? bound.getGamma() : GAMMA,
        bound.hasMinTokensPerStep() ? bound.getMinTokensPerStep() : 1);
  }

  private static Klass klass(dev.unmask.type.v1.Klass klass) {
    return new Klass(
        klass.hasKlThreshold() ? klass.getKlThreshold() : KL_THRESHOLD,
        klass.hasKlHistoryLength() ? klass.getKlHistoryLength() : KL_HISTORY_LENGTH,
        klass.hasThreshold() ? klass.getThreshold() : THRESHOLD,
        klass.hasMinTokensPerStep() ? klass.getMinTokensPerStep() : 1);
  }

  private static Wino wino(dev.unmask.type.v1.Wino wino) {
    return new Wino(
        wino.hasWideInThres() ? wino.getWideInThres() : WIDE_IN,
        wino.hasNarrowOutThres() ? wino.getNarrowOutThres() : NARROW_OUT,
        wino.hasMinTokensPerStep() ? wino.getMinTokensPerStep() : 1);
  }

  private static PcSampler pcSampler(dev.unmask.type.v1.PcSampler sampler) {
    return new PcSampler(
        sampler.hasTokensPerStep() ? sampler.getTokensPerStep() : 1,
        !sampler.hasDebias() || sampler.getDebias(),
        sampler.hasClipAlpha() ? sampler.getClipAlpha() : CLIP_ALPHA);
  }

  private static LeftToRight leftToRight(dev.unmask.type.v1.LeftToRight run) {
    return new LeftToRight(
        run.hasThreshold() ? OptionalDouble.of(run.getThreshold()) : OptionalDouble.empty(),
        run.hasMinTokensPerStep() ? run.getMinTokensPerStep() : 1);
  }

  private static Origin origin(dev.unmask.type.v1.Origin origin, int positions) {
    return new Origin(
        new Pace.TimeSchedule(
            origin.hasSteps() ? origin.getSteps() : positions,
            origin.hasEpsilon() ? origin.getEpsilon() : EPSILON));
  }
}
