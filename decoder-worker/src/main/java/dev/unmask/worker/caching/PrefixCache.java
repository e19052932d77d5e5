package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Shape;

/**
 * A block's first step computes every row; later steps compute the block and everything right of
 * it, and attend to the stored keys left of it. A prompt may be frozen: then a block's first step
 * leaves it as it was stored, unless that is an interval of steps ago.
 *
 * <pre>
 *   positions   prompt | block 0 | block 1
 *   step 0      RRRRRR | RRRRRRR | RRRRRRR     R computed, K stored
 *   step 1      KKKKKK | RRRRRRR | RRRRRRR
 *   step 2      RRRRRR | RRRRRRR | RRRRRRR     block 1 begins; a prompt interval of 1 or 2
 *               KKKKKK | RRRRRRR | RRRRRRR     the same with a longer one
 *   step 3      KKKKKK | KKKKKKK | RRRRRRR
 * </pre>
 *
 * <p>The state follows from the canvas at block starts, unless the prompt is frozen. Source:
 * Fast-dLLM section 3.2; dLLM-Cache section 3 for the interval.
 *
 * @param promptInterval steps from which on a block's first step computes the prompt again, at
 *     least 1; 1: every block's, as published
 */
public record PrefixCache(int promptInterval) implements CachePolicy {
  public PrefixCache {
    PromptAge.require(promptInterval);
  }

  /** As published. */
  public PrefixCache() {
    this(1);
  }

  @Override
  public CacheSession open(Shape shape) {
    return new BlockwiseSession(
        shape, promptInterval, block -> shape.window().rows(block.start(), shape.length()));
  }
}
