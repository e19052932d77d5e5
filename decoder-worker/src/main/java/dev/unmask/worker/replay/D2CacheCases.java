package dev.unmask.worker.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.decoding.Compatibility;
import dev.unmask.worker.decoding.EndOfSequenceRule;
import dev.unmask.worker.decoding.Method;
import dev.unmask.worker.unmask.Factor;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads the arguments of the d2Cache repository's vanilla decoder. */
final class D2CacheCases {
  private D2CacheCases() {}

  static Method vanilla(Params params) throws UnsupportedCaseException {
    params.only("strategy", "vanilla");
    params.none("gamma");
    params.none("debias");
    // Neither changes what is decoded: padding is not fed, and both kernels compute the same.
    params.ignore("pad_token_id");
    params.ignore("attn_implementation");
    int length = params.integer("gen_length");
    return new Method(
        length,
        params.integer("block_length", length),
        unmask(params),
        cache(params.optional("cache")),
        CaseReading.confidence(params.text("alg", "maskgit_plus")),
        sigma(params),
        CaseReading.sampling(params),
        params.flag("stop_until_eos") ? EndOfSequenceRule.STOP : EndOfSequenceRule.DECODE_ALL,
        Compatibility.D2CACHE);
  }

  private static UnmaskPolicy unmask(Params params) throws UnsupportedCaseException {
    int minimum = params.integer("num_transfer_tokens", 1);
    var threshold = params.optionalNumber("threshold");
    var factor = params.optionalNumber("factor");
    if (threshold.isPresent() && factor.isPresent()) {
      throw new UnsupportedCaseException("threshold with factor is not built");
    }
    if (threshold.isPresent()) {
      return new Threshold(threshold.getAsDouble(), minimum, OptionalInt.empty());
    }
    return factor.isPresent()
        ? new Factor(factor.getAsDouble(), minimum, Factor.Edge.D2CACHE)
        : new FixedSchedule(new Pace.TokensPerStep(minimum));
  }

  /** A prior of width 0 is none. */
  private static OptionalDouble sigma(Params params) {
    double sigma = params.number("sigma", 0);
    return sigma == 0 ? OptionalDouble.empty() : OptionalDouble.of(sigma);
  }

  private static CachePolicy cache(Optional<JsonNode> cache) throws UnsupportedCaseException {
    if (cache.isEmpty()) {
      return new NoCache();
    }
    var params = new Params(cache.get());
    String type = params.text("type", "");
    if (!type.equals("prefix")) {
      throw new UnsupportedCaseException("cache " + type + " is not built");
    }
    boolean dual = params.flag("use_dual");
    params.finish();
    return dual ? new DualCache() : new PrefixCache();
  }
}
