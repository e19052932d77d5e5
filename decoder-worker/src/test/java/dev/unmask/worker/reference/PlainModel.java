package dev.unmask.worker.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.worker.decoding.Denoiser;
import dev.unmask.worker.decoding.ModelTraits;
import dev.unmask.worker.reference.PlainWeights.Linear;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A LLaDA or Dream model in fp32 loops, read from a folder as published. Slow and short on purpose:
 * the oracle that other engines are held against.
 */
public final class PlainModel {
  /** One transformer layer. */
  record Layer(
      float[] attentionNorm,
      Linear query,
      Linear key,
      Linear value,
      Linear attentionOut,
      float[] feedForwardNorm,
      Linear gate,
      Linear up,
      Linear down) {}

  /** Sizes and constants of the config file. */
  record Shape(int heads, int kvHeads, int headSize, double ropeTheta, double epsilon) {}

  private final ModelTraits traits;
  final Shape shape;
  final float[] embedding;
  final List<Layer> layers = new ArrayList<>();
  final float[] finalNorm;
  final Linear head;

  private PlainModel(JsonNode config, PlainWeights weights) {
    boolean llada = config.required("model_type").asText().equals("llada");
    traits =
        new ModelTraits(
            config.required("mask_token_id").asInt(),
            config.required("eos_token_id").asInt(),
            llada ? 0 : 1);
    shape = llada ? lladaShape(config) : dreamShape(config);
    int depth = config.required(llada ? "n_layers" : "num_hidden_layers").asInt();
    for (int i = 0; i < depth; i++) {
      layers.add(llada ? lladaLayer(weights, i) : dreamLayer(weights, i));
    }
    embedding =
        weights.vector(llada ? "model.transformer.wte.weight" : "model.embed_tokens.weight");
    finalNorm = weights.vector(llada ? "model.transformer.ln_f.weight" : "model.norm.weight");
    head = weights.linear(llada ? "model.transformer.ff_out" : "lm_head");
  }

  /** Reads a model folder. */
  public static PlainModel open(Path folder) throws IOException {
    var config = new ObjectMapper().readTree(folder.resolve("config.json").toFile());
    return new PlainModel(config, new PlainWeights(folder.resolve("model.safetensors")));
  }

  /** What the decode loop must know of it. */
  public ModelTraits traits() {
    return traits;
  }

  /** A denoiser for one canvas of {@code length} positions. */
  public Denoiser denoiser(int length) {
    return new PlainState(this, length);
  }

  private static Shape lladaShape(JsonNode config) {
    int heads = config.required("n_heads").asInt();
    return new Shape(
        heads,
        config.required("n_kv_heads").asInt(),
        config.required("d_model").asInt() / heads,
        config.required("rope_theta").asDouble(),
        config.required("rms_norm_eps").asDouble());
  }

  private static Shape dreamShape(JsonNode config) {
    int heads = config.required("num_attention_heads").asInt();
    return new Shape(
        heads,
        config.required("num_key_value_heads").asInt(),
        config.required("hidden_size").asInt() / heads,
        config.required("rope_theta").asDouble(),
        config.required("rms_norm_eps").asDouble());
  }

  private static Layer lladaLayer(PlainWeights weights, int i) {
    String name = "model.transformer.blocks." + i + ".";
    return new Layer(
        weights.vector(name + "attn_norm.weight"),
        weights.linear(name + "q_proj"),
        weights.linear(name + "k_proj"),
        weights.linear(name + "v_proj"),
        weights.linear(name + "attn_out"),
        weights.vector(name + "ff_norm.weight"),
        weights.linear(name + "ff_proj"),
        weights.linear(name + "up_proj"),
        weights.linear(name + "ff_out"));
  }

  private static Layer dreamLayer(PlainWeights weights, int i) {
    String name = "model.layers." + i + ".";
    return new Layer(
        weights.vector(name + "input_layernorm.weight"),
        weights.linear(name + "self_attn.q_proj"),
        weights.linear(name + "self_attn.k_proj"),
        weights.linear(name + "self_attn.v_proj"),
        weights.linear(name + "self_attn.o_proj"),
        weights.vector(name + "post_attention_layernorm.weight"),
        weights.linear(name + "mlp.gate_proj"),
        weights.linear(name + "mlp.up_proj"),
        weights.linear(name + "mlp.down_proj"));
  }
}
