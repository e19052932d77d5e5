package dev.unmask.worker.caching;

/**
 * A block's first step computes every row; later steps compute the block only, and attend to the
 * stored keys of everything else.
 *
 * <pre>
 *   positions   prompt | block 0 | block 1
 *   step 0      RRRRRR | RRRRRRR | RRRRRRR     R computed, K stored by step 0
 *   step 1      KKKKKK | RRRRRRR | KKKKKKK
 * </pre>
 *
 * <p>The state follows from the canvas at block starts. Source: Fast-dLLM section 3.2 (DualCache).
 */
public record DualCache() implements CachePolicy {
  @Override
  public CacheSession open(Shape shape) {
    return new BlockwiseSession(shape, block -> shape.window().rows(block.start(), block.end()));
  }
}
