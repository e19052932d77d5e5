package dev.unmask.contract;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;

/**
 * Generation and block length of a spec, defaults filled in. Unit: tokens. A spec that broke no
 * rule has {@link #sound} sizes.
 *
 * @param generation tokens to generate
 * @param block tokens a block
 * @param modelBlock the model's own block, which {@code block} divides, if its attention is
 *     block-causal; 0: attention is full, and {@code block} divides {@code generation}
 */
public record CanvasSizes(long generation, long block, long modelBlock) {
  private static final int DEFAULT_GENERATION = 128;
  private static final int DEFAULT_BLOCK = 32;

  /** With full attention. */
  public CanvasSizes(long generation, long block) {
    this(generation, block, 0);
  }

  /** Sizes a spec asks for of a model with full attention, as they are, right or wrong. */
  public static CanvasSizes of(DecodingSpec spec) {
    return of(spec, Model.getDefaultInstance());
  }

  /** Sizes a spec asks for, as they are, right or wrong. */
  public static CanvasSizes of(DecodingSpec spec, Model model) {
    long modelBlock = Integer.toUnsignedLong(model.getBlockLength());
    long generation =
        spec.hasGenerationLength()
            ? Integer.toUnsignedLong(spec.getGenerationLength())
            : DEFAULT_GENERATION;
    long usual = modelBlock > 0 ? modelBlock : Math.min(DEFAULT_BLOCK, generation);
    long block = spec.hasBlockLength() ? Integer.toUnsignedLong(spec.getBlockLength()) : usual;
    return new CanvasSizes(generation, block, modelBlock);
  }

  /** Whether the block divides what it must. */
  public boolean sound() {
    long whole = modelBlock > 0 ? modelBlock : generation;
    return block >= 1 && block <= whole && whole % block == 0;
  }

  /** Number of blocks, when sound; the last may be cut by the canvas's end. */
  public long blocks() {
    return Math.ceilDiv(generation, block);
  }
}
