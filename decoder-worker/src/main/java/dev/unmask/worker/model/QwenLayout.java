package dev.unmask.worker.model;

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

  /** Refuses what none of these families' forwards has. */
  static void refuseOthers(ModelConfig config) {
    config.expect("hidden_act", "silu");
    config.expect("use_sliding_window", false);
    config.expectNone("rope_scaling");
  }
}
