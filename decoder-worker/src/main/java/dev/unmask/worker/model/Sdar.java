package dev.unmask.worker.model;

import java.util.OptionalInt;

/**
 * SDAR: Qwen3 turned into a block diffusion model. Block-causal attention over blocks of {@code
 * block_size} positions, queries and keys normalized head by head, no biases, no prediction shift.
 * Source: SDAR (Cheng et al. 2025) and its published checkpoints.
 */
public record Sdar() implements QwenLayout {
  /** What the published code uses, where a configuration does not say. */
  private static final int BLOCK_LENGTH = 4;

  @Override
  public ModelShape shape(ModelConfig config) {
    config.expect("attention_bias", false);
    return QwenLayout.shape(config, false, true);
  }

  @Override
  public int predictionShift() {
    return 0;
  }

  @Override
  public OptionalInt causalBlock(ModelConfig config) {
    return OptionalInt.of(config.count("block_size", BLOCK_LENGTH));
  }
}
