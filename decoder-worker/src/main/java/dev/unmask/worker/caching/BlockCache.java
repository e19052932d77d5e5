package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Shape;

/**
 * For block-causal models: keys and values of a finished block are stored once, by a step that
 * computes it with all its tokens known, and are final. Other steps compute the block being decoded
 * and attend to what is stored left of it.
 *
 * <pre>
 *   positions   p p p p | p p 0 0 | 1 1 1 1     blocks of 4, a prompt of 6
 *   step 0      R R R R | R R R R |             R computed, K stored and final
 *   step 1      K K K K | R R R R |
 *   step 2      K K K K | R R R R | R R R R     block 0 is full: stored by the step that opens 1
 *   step 3      K K K K | K K K K | R R R R
 * </pre>
 *
 * <p>Where predictions are shifted, the first position of a block is told by the last row of the
 * block before it, so the step that stores a block tells that token and nothing else. Source:
 * Fast-dLLM v2 section 3.3; SDAR generate.py.
 *
 * @param withinBlock whether a step computes only the decoding block's rows once the model's block
 *     was computed as a whole and the decoding block's first token is known (Fast-dLLM v2's
 *     sub-block cache); makes a difference where decoding blocks are shorter than the model's
 */
public record BlockCache(boolean withinBlock) implements CachePolicy {
  @Override
  public CacheSession open(Shape shape) {
    return new CausalSession(shape, true, withinBlock);
  }
}
