package dev.unmask.worker.caching;

/**
 * A block's first step computes every row; later steps compute the block and everything right of
 * it, and attend to the stored keys left of it.
 *
 * <pre>
 *   positions   prompt | block 0 | block 1
 *   step 0      RRRRRR | RRRRRRR | RRRRRRR     R computed, K stored by step 0
 *   step 1      KKKKKK | RRRRRRR | RRRRRRR
 * </pre>
 *
 * <p>The state follows from the canvas at block starts. Source: Fast-dLLM section 3.2.
 */
public record PrefixCache() implements CachePolicy {
  @Override
  public CacheSession open(Shape shape) {
    return new BlockwiseSession(shape, block -> shape.window().rows(block.start(), shape.length()));
  }
}
