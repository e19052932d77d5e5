package dev.unmask.bench.cpu;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import java.util.Optional;

/** Methods whose speed on a CPU is measured; all commit one token a step. */
enum Measured {
  /** A dual cache, blocks of 32: 32 rows a step, a refresh every 32 steps. */
  DUAL_32(32),
  /** A dual cache, blocks of 8: 8 rows a step, a refresh every 8 steps. */
  DUAL_8(8),
  /** d2Cache as published, one block: one refresh, then a part of the canvas a step. */
  D2_CACHE(0);

  private final int block;

  Measured(int block) {
    this.block = block;
  }

  /** Whether the plain PyTorch loop knows it. */
  boolean isPlain() {
    return block > 0;
  }

  /** Tokens a block, of so many. */
  int block(int tokens) {
    return block == 0 ? tokens : block;
  }

  private CachePolicy cache() {
    return switch (this) {
      case DUAL_32, DUAL_8 -> new DualCache();
      case D2_CACHE -> new D2Cache(0.1, 32, 10, 0, D2Cache.Mode.COMPATIBLE);
    };
  }

  Method of(int tokens) {
    return new Method(
        tokens,
        block(tokens),
        new FixedSchedule(new Pace.TokensPerStep(1)),
        cache(),
        Scoring.GREEDY,
        Optional.empty(),
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }
}
