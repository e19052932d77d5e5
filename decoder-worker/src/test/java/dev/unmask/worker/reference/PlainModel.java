package dev.unmask.worker.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.reference.PlainWeights.Linear;
import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.scoring.TokenFrequencies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model of any family in fp32 loops, read from a folder as published. Slow and short on purpose:
 * the oracle that other engines are held against.
 */
public final class PlainModel {
  /** Sizes and constants of the config file. */
  record Shape(
      int heads, int kvHeads, int headSize, double ropeTheta, double epsilon, int context) {}

  private final ModelTraits traits;
  private final float[] embedding;
  private final float[] finalNorm;
  private final Linear head;
  final Shape shape;
  final List<PlainLayer> layers = new ArrayList<>();

  private PlainModel(
      JsonNode config, PlainWeights weights, Optional<TokenFrequencies> frequencies) {
    String type = config.required("model_type").asText();
    boolean llada = type.equals("llada");
    shape = llada ? lladaShape(config) : qwenShape(config);
    var rotation = new PlainRotation(shape.headSize(), shape.ropeTheta(), shape.context());
    int depth = config.required(llada ? "n_layers" : "num_hidden_layers").asInt();
    for (int i = 0; i < depth; i++) {
      var names = llada ? PlainNames.llada(i) : PlainNames.qwen(i);
      layers.add(names.layer(shape, rotation, weights));
    }
    embedding =
        weights.vector(llada ? "model.transformer.wte.weight" : "model.embed_tokens.weight");
    finalNorm = weights.vector(llada ? "model.transformer.ln_f.weight" : "model.norm.weight");
    head = weights.linear(llada ? "model.transformer.ff_out" : "lm_head");
    traits =
        new ModelTraits(
            config.required("mask_token_id").asInt(),
            config.required("eos_token_id").asInt(),
            new int[0],
            type.equals("llada") || type.equals("sdar") ? 0 : 1,
            causalBlock(config, type),
            frequencies);
  }

  private static OptionalInt causalBlock(JsonNode config, String type) {
    return switch (type) {
      case "Fast_dLLM_Qwen" -> OptionalInt.of(config.required("bd_size").asInt());
      case "sdar" -> OptionalInt.of(config.required("block_size").asInt());
      default -> OptionalInt.empty();
    };
  }

  /** Reads a model folder, with the token counts of a corpus if it has them. */
  public static PlainModel open(Path folder) throws IOException {
    var json = new ObjectMapper();
    var config = json.readTree(folder.resolve("config.json").toFile());
    String type = config.required("model_type").asText().toLowerCase(Locale.ROOT);
    var corpus = folder.resolve(type + "_corpus.json").toFile();
    int vocabulary =
        config.path("embedding_size").asInt(config.required("vocab_size").asInt());
    return new PlainModel(
        config,
        new PlainWeights(folder.resolve("model.safetensors")),
        corpus.exists()
            ? Optional.of(frequencies(json.readTree(corpus), vocabulary))
            : Optional.empty());
  }

  private static TokenFrequencies frequencies(JsonNode corpus, int vocabulary) {
    Map<Integer, Long> counts = new HashMap<>();
    corpus
        .required("p_baseline_dict")
        .properties()
        .forEach(token -> counts.put(Integer.valueOf(token.getKey()), token.getValue().asLong()));
    return TokenFrequencies.of(counts, corpus.required("num_token").asLong(), vocabulary);
  }

  /** What the decode loop must know of it. */
  public ModelTraits traits() {
    return traits;
  }

  /** A denoiser for one canvas, as its method needs it. */
  public Denoiser open(int promptLength, Method method) {
    int length = promptLength + method.generationLength();
    return method
        .guidance()
        .<Denoiser>map(guidance -> new PlainGuided(this, promptLength, length, guidance.scale()))
        .orElseGet(() -> new PlainState(this, new PlainForwards(this, length, 0)));
  }

  /** A denoiser for one canvas of a padded batch, whose leading positions nobody attends to. */
  public Denoiser openPadded(int padding, int promptLength, Method method) {
    int length = padding + promptLength + method.generationLength();
    return new PlainState(this, new PlainForwards(this, length, padding));
  }

  float[] embedded(int token) {
    int width = finalNorm.length;
    return Arrays.copyOfRange(embedding, token * width, (token + 1) * width);
  }

  /** Logits of a row after the last layer. */
  float[] logits(float[] hidden) {
    return head.apply(PlainMath.norm(hidden, finalNorm, shape.epsilon()));
  }

  private static Shape lladaShape(JsonNode config) {
    int heads = config.required("n_heads").asInt();
    return new Shape(
        heads,
        config.required("n_kv_heads").asInt(),
        config.required("d_model").asInt() / heads,
        config.required("rope_theta").asDouble(),
        config.required("rms_norm_eps").asDouble(),
        config.required("max_sequence_length").asInt());
  }

  private static Shape qwenShape(JsonNode config) {
    int heads = config.required("num_attention_heads").asInt();
    return new Shape(
        heads,
        config.required("num_key_value_heads").asInt(),
        config.path("head_dim").asInt(config.required("hidden_size").asInt() / heads),
        config.required("rope_theta").asDouble(),
        config.required("rms_norm_eps").asDouble(),
        config.required("max_position_embeddings").asInt());
  }
}
