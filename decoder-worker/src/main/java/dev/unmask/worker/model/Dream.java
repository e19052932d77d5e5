package dev.unmask.worker.model;

import java.util.OptionalInt;

/**
 * Dream-7B: Qwen2.5's layout without the causal mask; grouped-query attention with biases, and each
 * row predicts the next position.
 */
public record Dream() implements QwenLayout {
  @Override
  public ModelShape shape(ModelConfig config) {
    QwenLayout.refuseOthers(config);
    config.expect("use_mrope", false);
    return new ModelShape(
        config.count("num_hidden_layers"),
        config.count("hidden_size"),
        config.count("num_attention_heads"),
        config.count("num_key_value_heads", config.count("num_attention_heads")),
        config.count("intermediate_size"),
        config.count("vocab_size"),
        config.count("max_position_embeddings"),
        config.number("rope_theta"),
        config.number("rms_norm_eps"),
        true,
        config.flag("tie_word_embeddings", false));
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
