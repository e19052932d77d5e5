package dev.unmask.bench.speed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A LLaDA checkpoint folder with random bfloat16 weights: the time of a step depends on shapes
 * alone.
 *
 * @param layers transformer layers
 * @param hidden elements of a hidden state
 * @param heads attention heads
 * @param mlp inner width of the MLP
 * @param vocabulary token ids
 */
record RandomCheckpoint(int layers, int hidden, int heads, int mlp, int vocabulary) {
  private static final float SCALE = 0.02f;

  /** A tensor to write. */
  private record Tensor(String name, List<Integer> shape) {
    long bytes() {
      return 2L * shape.stream().mapToLong(size -> size).reduce(1, (a, b) -> a * b);
    }
  }

  /** Writes config.json and model.safetensors. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("config.json"), config());
    try (var out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
      var tensors = tensors();
      byte[] header = header(tensors).getBytes(StandardCharsets.UTF_8);
      var length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
      out.write(length.array());
      out.write(header);
      var random = new Random(7);
      for (var tensor : tensors) {
        write(tensor, random, out);
      }
    }
  }

  private static void write(Tensor tensor, Random random, OutputStream out) throws IOException {
    var bytes = ByteBuffer.allocate(Math.toIntExact(tensor.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      float value = (float) random.nextGaussian() * SCALE;
      bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
    }
    out.write(bytes.array());
  }

  private static String header(List<Tensor> tensors) {
    var entries = new ArrayList<String>();
    long at = 0;
    for (var tensor : tensors) {
      entries.add(
          "\"%s\":{\"dtype\":\"BF16\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(tensor.name(), tensor.shape(), at, at + tensor.bytes()));
      at += tensor.bytes();
    }
    return entries.stream().collect(Collectors.joining(",", "{", "}"));
  }

  private List<Tensor> tensors() {
    var all = new ArrayList<Tensor>();
    all.add(new Tensor("model.transformer.wte.weight", List.of(vocabulary, hidden)));
    for (int i = 0; i < layers; i++) {
      var block = "model.transformer.blocks." + i + ".";
      all.add(new Tensor(block + "attn_norm.weight", List.of(hidden)));
      all.add(new Tensor(block + "ff_norm.weight", List.of(hidden)));
      for (var square : List.of("q_proj", "k_proj", "v_proj", "attn_out")) {
        all.add(new Tensor(block + square + ".weight", List.of(hidden, hidden)));
      }
      all.add(new Tensor(block + "ff_proj.weight", List.of(mlp, hidden)));
      all.add(new Tensor(block + "up_proj.weight", List.of(mlp, hidden)));
      all.add(new Tensor(block + "ff_out.weight", List.of(hidden, mlp)));
    }
    all.add(new Tensor("model.transformer.ln_f.weight", List.of(hidden)));
    all.add(new Tensor("model.transformer.ff_out.weight", List.of(vocabulary, hidden)));
    return all;
  }

  private String config() {
    return """
    {"architectures": ["LLaDAModelLM"], "model_type": "llada", "activation_type": "silu",
     "alibi": false, "attention_layer_norm": false, "block_type": "llama", "d_model": %d,
     "embedding_size": %d, "eos_token_id": %d, "include_bias": false, "include_qkv_bias": false,
     "input_emb_norm": false, "layer_norm_type": "rms", "mask_token_id": %d,
     "max_sequence_length": 4096, "mlp_hidden_size": %d, "multi_query_attention": null,
     "n_heads": %d, "n_kv_heads": %d, "n_layers": %d, "pad_token_id": %d, "rms_norm_eps": 1e-05,
     "rope": true, "rope_full_precision": true, "rope_theta": 500000.0, "scale_logits": false,
     "vocab_size": %d, "weight_tying": false}
    """
        .formatted(
            hidden,
            vocabulary,
            vocabulary - 2,
            vocabulary - 1,
            mlp,
            heads,
            heads,
            layers,
            vocabulary - 2,
            vocabulary);
  }
}
