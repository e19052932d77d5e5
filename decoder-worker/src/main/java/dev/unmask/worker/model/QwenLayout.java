package dev.unmask.worker.model;

import dev.unmask.worker.model.files.CheckpointException;

/** Families whose checkpoints have the layout of Qwen models: one set of tensor names for all. */
public sealed interface QwenLayout extends ModelFamily permits Dream, FastDllmV2, Sdar {
  @Override
  default String embedding() {
    return "model.embed_tokens";
  }

  @Override
  default String finalNorm() {
    return "model.norm";
  }

  @Override
  default String head() {
    return "lm_head";
  }

  @Override
  default LayerNames layer(int index) {
    String layer = "model.layers." + index;
    String attention = layer + ".self_attn";
    return new LayerNames(
        layer + ".input_layernorm",
        attention + ".q_proj",
        attention + ".k_proj",
        attention + ".v_proj",
        attention + ".q_norm",
        attention + ".k_norm",
        attention + ".o_proj",
        layer + ".post_attention_layernorm",
        layer + ".mlp.gate_proj",
        layer + ".mlp.up_proj",
        layer + ".mlp.down_proj");
  }

  /** Qwen's code keeps rotary tables in the compute type. */
  @Override
  default boolean rotatesInFloat32() {
    return false;
  }

  /**
   * The shape that a configuration tells in Qwen's words.
   *
   * @param biases whether queries, keys and values have them
   * @param normalizes whether queries and keys are normalized head by head
   * @throws CheckpointException if it asks for what none of these families' forwards has
   */
  static ModelShape shape(ModelConfig config, boolean biases, boolean normalizes) {
    config.expect("hidden_act", "silu");
    config.expect("use_sliding_window", false);
    config.expectNone("rope_scaling");
    int hidden = config.count("hidden_size");
    int heads = config.count("num_attention_heads");
    return new ModelShape(
        config.count("num_hidden_layers"),
        hidden,
        heads,
        config.count("num_key_value_heads", heads),
        config.count("head_dim", hidden / heads),
        config.count("intermediate_size"),
        config.count("vocab_size"),
        config.count("max_position_embeddings"),
        config.number("rope_theta"),
        config.number("rms_norm_eps"),
        biases,
        normalizes,
        config.flag("tie_word_embeddings", false));
  }
}
