package dev.unmask.worker.model;

import java.util.OptionalInt;

/** LLaDA-8B and LLaDA-1.5: multi-head attention without biases, no prediction shift. */
public record Llada() implements ModelFamily {
  @Override
  public ModelShape shape(ModelConfig config) {
    refuseOthers(config);
    int heads = config.count("n_heads");
    int hidden = config.count("d_model");
    int oneForAll = config.flag("multi_query_attention", false) ? 1 : heads;
    int vocabulary = config.count("embedding_size", config.count("vocab_size"));
    return new ModelShape(
        config.count("n_layers"),
        hidden,
        heads,
        config.count("n_kv_heads", oneForAll),
        config.has("mlp_hidden_size")
            ? config.count("mlp_hidden_size")
            // What does not fit is refused with the shape.
            : Math.clamp((long) config.count("mlp_ratio") * hidden, 0, Integer.MAX_VALUE),
        vocabulary,
        config.count("max_sequence_length"),
        config.number("rope_theta"),
        config.number("rms_norm_eps"),
        false,
        config.flag("weight_tying", false));
  }

  private static void refuseOthers(ModelConfig config) {
    config.expect("block_type", "llama");
    config.expect("layer_norm_type", "rms");
    config.expect("activation_type", "silu");
    config.expect("rope", true);
    config.expect("rope_full_precision", true);
    config.expect("alibi", false);
    config.expect("scale_logits", false);
    config.expect("attention_layer_norm", false);
    config.expect("input_emb_norm", false);
    config.expect("include_bias", false);
    config.expect("include_qkv_bias", false);
    config.expect("bias_for_layer_norm", false);
    config.expectNone("clip_qkv");
    config.expectNone("rope_scaling");
  }

  @Override
  public String embedding() {
    return "model.transformer.wte";
  }

  @Override
  public String finalNorm() {
    return "model.transformer.ln_f";
  }

  @Override
  public String head() {
    return "model.transformer.ff_out";
  }

  @Override
  public LayerNames layer(int index) {
    String block = "model.transformer.blocks." + index;
    return new LayerNames(
        block + ".attn_norm",
        block + ".q_proj",
        block + ".k_proj",
        block + ".v_proj",
        block + ".q_norm",
        block + ".k_norm",
        block + ".attn_out",
        block + ".ff_norm",
        block + ".ff_proj",
        block + ".up_proj",
        block + ".ff_out");
  }

  @Override
  public int predictionShift() {
    return 0;
  }

  @Override
  public OptionalInt causalBlock(ModelConfig config) {
    return OptionalInt.empty();
  }

  @Override
  public boolean rotatesInFloat32() {
    return true;
  }
}
