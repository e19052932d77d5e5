package dev.unmask.worker.reference;

/**
 * Names of a layer's tensors in a published checkpoint, in the order of {@link PlainLayer}.
 *
 * @param prefix of all of them
 * @param norms before attention and before the MLP
 * @param attention query, key, value and output
 * @param mlp gate, up and down
 */
record PlainNames(String prefix, String[] norms, String[] attention, String[] mlp) {
  static PlainNames llada(int layer) {
    return new PlainNames(
        "model.transformer.blocks." + layer + ".",
        new String[] {"attn_norm", "ff_norm"},
        new String[] {"q_proj", "k_proj", "v_proj", "attn_out"},
        new String[] {"ff_proj", "up_proj", "ff_out"});
  }

  /** Dream, Fast-dLLM v2 and SDAR. */
  static PlainNames qwen(int layer) {
    return new PlainNames(
        "model.layers." + layer + ".",
        new String[] {"input_layernorm", "post_attention_layernorm"},
        new String[] {
          "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj"
        },
        new String[] {"mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"});
  }

  PlainLayer layer(PlainModel.Shape shape, PlainRotation rotation, PlainWeights weights) {
    return new PlainLayer(
        shape,
        rotation,
        weights.vector(prefix + norms[0] + ".weight"),
        weights.linear(prefix + attention[0]),
        weights.linear(prefix + attention[1]),
        weights.linear(prefix + attention[2]),
        weights.vectorIfAny(prefix + "self_attn.q_norm.weight"),
        weights.vectorIfAny(prefix + "self_attn.k_norm.weight"),
        weights.linear(prefix + attention[3]),
        weights.vector(prefix + norms[1] + ".weight"),
        weights.linear(prefix + mlp[0]),
        weights.linear(prefix + mlp[1]),
        weights.linear(prefix + mlp[2]));
  }
}
