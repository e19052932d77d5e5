package dev.unmask.worker.model;

import java.util.OptionalInt;

/**
 * Dream-7B: Qwen2.5's layout without the causal mask; grouped-query attention with biases, and each
 * row predicts the next position.
 */
public record Dream() implements QwenLayout {
  @Override
  public ModelShape shape(ModelConfig config) {
    config.expect("use_mrope", false);
    return QwenLayout.shape(config, true, false);
  }

  @Override
  public int predictionShift() {
    return 1;
  }

  @Override
  public OptionalInt causalBlock(ModelConfig config) {
    return OptionalInt.empty();
  }
}
