package dev.unmask.worker.model;

import java.util.OptionalInt;

/**
 * Fast-dLLM v2: Qwen2.5 turned into a block diffusion model. Block-causal attention over blocks of
 * {@code bd_size} positions, biases, and each row predicts the next position. Source: Fast-dLLM v2
 * (Wu et al. 2025), section 3, and its published checkpoints.
 */
public record FastDllmV2() implements QwenLayout {
  /** What the published code uses, where a configuration does not say. */
  private static final int BLOCK_LENGTH = 32;

  private static final int MASK_TOKEN = 151_665;

  @Override
  public ModelShape shape(ModelConfig config) {
    return QwenLayout.shape(config, true, false);
  }

  @Override
  public int maskToken(ModelConfig config, int vocabulary) {
    return config.has("mask_token_id") || vocabulary <= MASK_TOKEN
        ? QwenLayout.super.maskToken(config, vocabulary)
        : MASK_TOKEN;
  }

  @Override
  public int predictionShift() {
    return 1;
  }

  @Override
  public OptionalInt causalBlock(ModelConfig config) {
    return OptionalInt.of(config.count("bd_size", BLOCK_LENGTH));
  }
}
