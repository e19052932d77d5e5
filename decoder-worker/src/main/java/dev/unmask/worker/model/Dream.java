package dev.unmask.worker.model;

/**
 * Dream-7B: Qwen2.5's layout without the causal mask; grouped-query attention with biases, and each
 * row predicts the next position.
 */
public record Dream() implements ModelFamily {
  @Override
  public ModelShape shape(ModelConfig config) {
    config.expect("hidden_act", "silu");
    config.expect("use_sliding_window", false);
    config.expect("use_mrope", false);
    config.expectNone("rope_scaling");
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
  public String embedding() {
    return "model.embed_tokens";
  }

  @Override
  public String finalNorm() {
    return "model.norm";
  }

  @Override
  public String head() {
    return "lm_head";
  }

  @Override
  public LayerNames layer(int index) {
    String layer = "model.layers." + index;
    return new LayerNames(
        layer + ".input_layernorm",
        layer + ".self_attn.q_proj",
        layer + ".self_attn.k_proj",
        layer + ".self_attn.v_proj",
        layer + ".self_attn.o_proj",
        layer + ".post_attention_layernorm",
        layer + ".mlp.gate_proj",
        layer + ".mlp.up_proj",
        layer + ".mlp.down_proj");
  }

  @Override
  public int predictionShift() {
    return 1;
  }

  @Override
  public boolean rotatesInFloat32() {
    return false;
  }
}
