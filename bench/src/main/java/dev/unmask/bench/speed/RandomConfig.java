package dev.unmask.bench.speed;

import dev.unmask.worker.model.Dream;
import dev.unmask.worker.model.FastDllmV2;
import dev.unmask.worker.model.Llada;
import dev.unmask.worker.model.ModelFamily;
import dev.unmask.worker.model.ModelShape;
import dev.unmask.worker.model.Sdar;

/** The {@code config.json} that describes a shape; the last token id is the mask. */
final class RandomConfig {
  private RandomConfig() {}

  static String of(ModelFamily family, ModelShape shape) {
    return switch (family) {
      case Llada _ -> llada(shape);
      case Dream _ -> qwen(shape, "Dream", "\"use_mrope\": false");
      case FastDllmV2 _ -> qwen(shape, "Fast_dLLM_Qwen", "\"bd_size\": 32");
      case Sdar _ -> qwen(shape, "sdar", "\"attention_bias\": false, \"block_size\": 4");
    };
  }

  private static String llada(ModelShape shape) {
    return """
    {"architectures": ["LLaDAModelLM"], "model_type": "llada", "activation_type": "silu",
     "alibi": false, "attention_layer_norm": false, "block_type": "llama", "d_model": %d,
     "embedding_size": %d, "eos_token_id": %d, "include_bias": false, "include_qkv_bias": false,
     "input_emb_norm": false, "layer_norm_type": "rms", "mask_token_id": %d,
     "max_sequence_length": %d, "mlp_hidden_size": %d, "multi_query_attention": null,
     "n_heads": %d, "n_kv_heads": %d, "n_layers": %d, "rms_norm_eps": %s,
     "rope": true, "rope_full_precision": true, "rope_theta": %s, "scale_logits": false,
     "vocab_size": %d, "weight_tying": false}
    """
        .formatted(
            shape.hidden(),
            shape.vocabulary(),
            shape.vocabulary() - 2,
            shape.vocabulary() - 1,
            shape.contextLength(),
            shape.mlp(),
            shape.heads(),
            shape.kvHeads(),
            shape.layers(),
            shape.epsilon(),
            shape.ropeTheta(),
            shape.vocabulary());
  }

  /** What models with Qwen's layout have in common, and what one has beside it. */
  private static String qwen(ModelShape shape, String type, String more) {
    return """
    {"model_type": "%s", "hidden_act": "silu",
     "hidden_size": %d, "vocab_size": %d, "eos_token_id": %d, "mask_token_id": %d,
     "max_position_embeddings": %d, "intermediate_size": %d, "num_attention_heads": %d,
     "num_key_value_heads": %d, "head_dim": %d, "num_hidden_layers": %d, "rms_norm_eps": %s,
     "rope_theta": %s, "rope_scaling": null, "tie_word_embeddings": false,
     "use_sliding_window": false, %s}
    """
        .formatted(
            type,
            shape.hidden(),
            shape.vocabulary(),
            shape.vocabulary() - 2,
            shape.vocabulary() - 1,
            shape.contextLength(),
            shape.mlp(),
            shape.heads(),
            shape.kvHeads(),
            shape.headSize(),
            shape.layers(),
            shape.epsilon(),
            shape.ropeTheta(),
            more);
  }
}
