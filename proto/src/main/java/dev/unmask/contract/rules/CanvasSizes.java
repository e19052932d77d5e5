package dev.unmask.contract.rules;

import dev.unmask.type.v1.DecodingSpec;

/**
 * Generation and block length of a spec, defaults filled in. Unit: tokens. A spec that broke no
 * rule has {@link #sound} sizes.
 *
 * @param generation tokens to generate
 * @param block tokens a block
 */
public record CanvasSizes(long generation, long block) {
  private static final int DEFAULT_GENERATION = 128;
  private static final int DEFAULT_BLOCK = 32;

  /** Sizes a spec asks for, as they are, right or wrong. */
  public static CanvasSizes of(DecodingSpec spec) {
    long generation =
        spec.hasGenerationLength()
            ? Integer.toUnsignedLong(spec.getGenerationLength())
            : DEFAULT_GENERATION;
    long block =
        spec.hasBlockLength()
            ? Integer.toUnsignedLong(spec.getBlockLength())
            : Math.min(DEFAULT_BLOCK, generation);
    return new CanvasSizes(generation, block);
  }

  /** Whether the generation is a whole number of blocks. */
  public boolean sound() {
    return block >= 1 && block <= generation && generation % block == 0;
  }

  /** Number of blocks, when sound. */
  public long blocks() {
    return generation / block;
  }
}
