package dev.unmask.bench.policy;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
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
import java.util.Optional;
import java.util.OptionalDouble;

/** Every policy once: unmask policies on the cheapest cache they fit, caches at a token a step. */
@SuppressWarnings("ImmutableEnumChecker") // policies are records of numbers
public enum Policies {
  /** A token a step. */
  FIXED_SCHEDULE(new FixedSchedule(new Pace.TokensPerStep(1)), new DualCache()),
  /** A token a step, weighed by the density of known ones. */
  CERTAINTY_PRIOR(new FixedSchedule(new Pace.TokensPerStep(1)), new DualCache(), 10),
  /** Threshold 0.9. */
  THRESHOLD(new Threshold(0.9), new DualCache()),
  /** Factor 1. */
  FACTOR(new Factor(1), new DualCache()),
  /** Gamma 0.001. */
  ENTROPY_BOUND(new EntropyBound(0.001, 1), new DualCache()),
  /** The published bounds. */
  KLASS(new Klass(0.01, 2, 0.9, 1), new DualCache()),
  /** The published thresholds. */
  WINO(new Wino(0.7, 0.9, 1), new NoCache()),
  /** Calibrated by a corpus. */
  PC_SAMPLER(new PcSampler(1, true, 10), new DualCache()),
  /** One after the other. */
  LEFT_TO_RIGHT(new LeftToRight(OptionalDouble.of(0.9), 1), new DualCache()),
  /** Coins. */
  ORIGIN(new Origin(new Pace.TimeSchedule(Policies.LENGTH, 1e-3)), new DualCache()),
  /** All rows. */
  NO_CACHE(new FixedSchedule(new Pace.TokensPerStep(1)), new NoCache()),
  /** Rows from the block on. */
  PREFIX_CACHE(new FixedSchedule(new Pace.TokensPerStep(1)), new PrefixCache()),
  /** Rows that moved. */
  DLLM_CACHE(new FixedSchedule(new Pace.TokensPerStep(1)), new DllmCache(50, 4, 0.25)),
  /** Rows by density and rollout. */
  D2_CACHE(
      new FixedSchedule(new Pace.TokensPerStep(1)),
      new D2Cache(0.1, 32, 10, 0, D2Cache.Mode.COMPATIBLE)),
  /** Rows of the block, on half of the keys. */
  SPARSE_DLLM(new FixedSchedule(new Pace.TokensPerStep(1)), new SparseDllm(0.5, 3, 1));

  /** Tokens generated, in blocks of 32. */
  static final int LENGTH = 64;

  private static final int BLOCK = 32;

  private final UnmaskPolicy unmask;
  private final CachePolicy cache;
  private final OptionalDouble sigma;

  Policies(UnmaskPolicy unmask, CachePolicy cache) {
    this.unmask = unmask;
    this.cache = cache;
    sigma = OptionalDouble.empty();
  }

  Policies(UnmaskPolicy unmask, CachePolicy cache, double sigma) {
    this.unmask = unmask;
    this.cache = cache;
    this.sigma = OptionalDouble.of(sigma);
  }

  /** As a method that decodes every position. */
  Method method() {
    return new Method(
        LENGTH,
        BLOCK,
        unmask,
        cache,
        Scoring.GREEDY.with(sigma),
        Optional.empty(),
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }
}
