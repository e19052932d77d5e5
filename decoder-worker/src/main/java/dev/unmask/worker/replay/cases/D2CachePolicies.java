package dev.unmask.worker.replay.cases;

import dev.unmask.worker.unmask.EntropyBound;
import dev.unmask.worker.unmask.Factor;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.LeftToRight;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.PcSampler;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import dev.unmask.worker.unmask.Wino;
import java.util.OptionalInt;

/** Which unmask policy the arguments of the d2Cache repository's decoders name. */
final class D2CachePolicies {
  private D2CachePolicies() {}

  static UnmaskPolicy of(Params params) throws UnsupportedCaseException {
    String strategy = params.text("strategy", "vanilla");
    int minimum = params.integer("num_transfer_tokens", 1);
    return switch (strategy) {
      case "vanilla" -> vanilla(params, minimum);
      case "ar" -> new LeftToRight(params.optionalNumber("threshold"), minimum);
      case "klass" -> klass(params, minimum);
      case "wino" ->
          new Wino(
              params.number("wide_in_thres", 0.6), params.number("narrow_out_thres", 0.9), minimum);
      default -> throw new UnsupportedCaseException("there is no strategy " + strategy);
    };
  }

  private static UnmaskPolicy vanilla(Params params, int minimum) throws UnsupportedCaseException {
    var threshold = params.optionalNumber("threshold");
    var factor = params.optionalNumber("factor");
    var gamma = params.optionalNumber("gamma");
    double clip = params.number("clip_alpha", 10);
    if (params.flag("debias")) {
      params.none("threshold");
      params.none("factor");
      params.none("gamma");
      return new PcSampler(minimum, true, clip);
    }
    if (threshold.isPresent()) {
      return new Threshold(threshold.getAsDouble(), minimum, OptionalInt.empty());
    }
    if (gamma.isPresent()) {
      return new EntropyBound(gamma.getAsDouble(), minimum);
    }
    return factor.isPresent()
        ? new Factor(factor.getAsDouble(), minimum, Factor.Edge.D2CACHE)
        : new FixedSchedule(new Pace.TokensPerStep(minimum));
  }

  /** Without a threshold nothing is ever sure enough, and the best go. */
  private static UnmaskPolicy klass(Params params, int minimum) throws UnsupportedCaseException {
    params.none("factor");
    double klThreshold = params.number("kl_threshold", 0.01);
    int history = params.integer("kl_history_length", 2);
    var threshold = params.optionalNumber("threshold");
    return threshold.isPresent()
        ? new Klass(klThreshold, history, threshold.getAsDouble(), minimum)
        : new FixedSchedule(new Pace.TokensPerStep(minimum));
  }
}
