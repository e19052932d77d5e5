package dev.unmask.worker.decoding;

import dev.unmask.worker.caching.CacheSession;
import dev.unmask.worker.caching.Observation;
import dev.unmask.worker.caching.Shape;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.method.Guidance;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.rows.RowPlan;
import java.util.Optional;

/**
 * The cache sessions of a request: one, or under guidance one a half. The half without the prompt
 * has a state of its own, whose intervals count its own steps (dLLM-Cache).
 */
final class Caches {
  private final CacheSession conditional;
  private final CacheSession unconditional;
  private final Optional<Guidance> guidance;

  Caches(Method method, Shape shape) {
    conditional = method.cache().open(shape);
    unconditional = method.cache().open(shape);
    guidance = method.guidance();
  }

  /** What the next step computes. */
  RowPlan plan(Block block) {
    return conditional.plan(block);
  }

  /** What a step computes without the prompt; empty when it does not. */
  Optional<RowPlan> unconditional(int step, Block block) {
    return guidance.filter(g -> g.computes(step)).map(_ -> unconditional.plan(block));
  }

  /** Positions from 0 whose keys and values are stored and final. */
  int settled() {
    return conditional.settled();
  }

  /** Tells that positions from 0 were filled with final keys and values. */
  void found(int positions) {
    conditional.found(positions);
  }

  /** Tells that a planned step was made. */
  void observe(int step, RowPlan plan, Observation seen) {
    conditional.observe(plan, seen);
    unconditional(step, seen.block()).ifPresent(own -> unconditional.observe(own, seen));
  }
}
