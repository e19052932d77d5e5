package dev.unmask.worker.decoding;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Observation;
import dev.unmask.worker.caching.session.Shape;
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
  private int made;

  /**
   * Nothing stored yet.
   *
   * @param known which generated positions are
   */
  Caches(Method method, Shape shape, boolean[] known) {
    conditional = method.cache().open(shape);
    unconditional = method.cache().open(shape);
    guidance = method.guidance();
    conditional.opened(known);
    unconditional.opened(known);
  }

  /** What the next step computes. */
  RowPlan plan(Block block) {
    return conditional.plan(block);
  }

  /**
   * What the next step computes without the prompt; empty when it does not. Steps that a lost
   * worker made left nothing here, so that intervals count from this one's first.
   */
  Optional<RowPlan> unconditional(Block block) {
    return guidance.filter(g -> g.computes(made)).map(_ -> unconditional.plan(block));
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
  void observe(RowPlan plan, Observation seen) {
    conditional.observe(plan, seen);
    unconditional(seen.block()).ifPresent(own -> unconditional.observe(own, seen));
    made++;
  }
}
