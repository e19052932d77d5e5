package dev.unmask.bench.speed;

import dev.unmask.worker.model.Dream;
import dev.unmask.worker.model.FastDllmV2;
import dev.unmask.worker.model.Llada;
import dev.unmask.worker.model.ModelFamily;
import dev.unmask.worker.model.ModelShape;
import dev.unmask.worker.model.Sdar;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A checkpoint folder with random bfloat16 weights: the time of a step depends on shapes alone.
 * Large tensors repeat a pool of numbers from random offsets, so that writing is as fast as the
 * disk.
 *
 * @param family whose tensors it has
 * @param shape of the model
 */
public record RandomCheckpoint(ModelFamily family, ModelShape shape) {
  private static final float SCALE = 0.02f;
  private static final int POOL_ELEMENTS = 1 << 24;

  /** A tensor to write. */
  private record Tensor(String name, List<Integer> shape) {
    long bytes() {
      return 2L * shape.stream().mapToLong(size -> size).reduce(1, (a, b) -> a * b);
    }
  }

  /**
   * A shape by name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static RandomCheckpoint named(String shape) {
    return switch (shape) {
      case "llada-8b" -> llada8b();
      case "dream-7b" -> dream7b();
      case "fast-dllm-v2-7b" -> fastDllmV27b();
      case "sdar-8b" -> sdar8b();
      case "small" -> llada(8, 256, 8, 704, 2048);
      case "small-block" -> smallBlock();
      default ->
          throw new IllegalArgumentException(
              "shape must be llada-8b, dream-7b, fast-dllm-v2-7b, sdar-8b, small or small-block: "
                  + shape);
    };
  }

  /** A small model of LLaDA's architecture. */
  static RandomCheckpoint llada(int layers, int hidden, int heads, int mlp, int vocabulary) {
    return new RandomCheckpoint(
        new Llada(),
        new ModelShape(
            layers, hidden, heads, heads, mlp, vocabulary, 4096, 500_000, 1e-5, false, false));
  }

  /** LLaDA-8B's shape. */
  static RandomCheckpoint llada8b() {
    return llada(32, 4096, 32, 12_288, 126_464);
  }

  /** Dream-7B's shape. */
  static RandomCheckpoint dream7b() {
    return new RandomCheckpoint(
        new Dream(),
        new ModelShape(28, 3584, 28, 4, 18_944, 152_064, 131_072, 1_000_000, 1e-6, true, false));
  }

  /** Fast-dLLM v2's shape: Qwen2.5-7B's, in blocks of 32. */
  static RandomCheckpoint fastDllmV27b() {
    return new RandomCheckpoint(
        new FastDllmV2(),
        new ModelShape(28, 3584, 28, 4, 18_944, 152_064, 32_768, 1_000_000, 1e-6, true, false));
  }

  /** SDAR-8B's shape: Qwen3-8B's, in blocks of 4. */
  static RandomCheckpoint sdar8b() {
    return new RandomCheckpoint(
        new Sdar(),
        new ModelShape(
            36, 4096, 32, 8, 128, 12_288, 151_936, 32_768, 1_000_000, 1e-6, false, true, false));
  }

  /** A small block-causal model, to try things out on a CPU. */
  static RandomCheckpoint smallBlock() {
    return new RandomCheckpoint(
        new FastDllmV2(),
        new ModelShape(4, 256, 4, 2, 704, 2048, 4096, 1_000_000, 1e-6, true, false));
  }

  /**
   * Writes it, unless the folder has a model already, and lends it another model's tokenizer.
   *
   * @param folder made if it is not there
   * @param lender a shipped model's folder
   */
  public void prepare(Path folder, Path lender) throws IOException {
    Files.createDirectories(folder);
    if (!Files.exists(folder.resolve("config.json"))) {
      write(folder);
    }
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      if (!Files.exists(folder.resolve(file))) {
        Files.copy(lender.resolve(file), folder.resolve(file));
      }
    }
  }

  /** Writes config.json and model.safetensors. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("config.json"), RandomConfig.of(family, shape));
    try (var out =
        FileChannel.open(
            folder.resolve("model.safetensors"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE)) {
      var tensors = tensors();
      byte[] header = header(tensors).getBytes(StandardCharsets.UTF_8);
      writeFully(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).flip(), out);
      writeFully(ByteBuffer.wrap(header), out);
      var random = new Random(7);
      var pool = pool(random);
      for (var tensor : tensors) {
        write(tensor, pool, random, out);
      }
    }
  }

  private static ByteBuffer pool(Random random) {
    var pool = ByteBuffer.allocateDirect(2 * POOL_ELEMENTS).order(ByteOrder.LITTLE_ENDIAN);
    while (pool.hasRemaining()) {
      float value = (float) random.nextGaussian() * SCALE;
      pool.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
    }
    return pool.flip();
  }

  private static void write(Tensor tensor, ByteBuffer pool, Random random, FileChannel out)
      throws IOException {
    long left = tensor.bytes();
    while (left > 0) {
      int offset = 2 * random.nextInt(POOL_ELEMENTS);
      int length = (int) Math.min(left, pool.limit() - offset);
      writeFully(pool.slice(offset, length), out);
      left -= length;
    }
  }

  private static void writeFully(ByteBuffer bytes, FileChannel out) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
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

  /** Bytes of all weights. */
  long bytes() {
    return tensors().stream().mapToLong(Tensor::bytes).sum();
  }

  private List<Tensor> tensors() {
    var all = new ArrayList<Tensor>();
    int hidden = shape.hidden();
    all.add(weight(family.embedding(), shape.vocabulary(), hidden));
    for (int i = 0; i < shape.layers(); i++) {
      var layer = family.layer(i);
      int queries = shape.heads() * shape.headSize();
      int keys = shape.kvHeads() * shape.headSize();
      all.add(weight(layer.attentionNorm(), hidden));
      all.add(weight(layer.mlpNorm(), hidden));
      projection(all, layer.query(), queries);
      projection(all, layer.key(), keys);
      projection(all, layer.value(), keys);
      if (shape.qkNorm()) {
        all.add(weight(layer.queryNorm(), shape.headSize()));
        all.add(weight(layer.keyNorm(), shape.headSize()));
      }
      all.add(weight(layer.attentionOut(), hidden, queries));
      all.add(weight(layer.gate(), shape.mlp(), hidden));
      all.add(weight(layer.up(), shape.mlp(), hidden));
      all.add(weight(layer.down(), hidden, shape.mlp()));
    }
    all.add(weight(family.finalNorm(), hidden));
    all.add(weight(family.head(), shape.vocabulary(), hidden));
    return all;
  }

  private void projection(List<Tensor> all, String module, int rows) {
    all.add(weight(module, rows, shape.hidden()));
    if (shape.qkvBias()) {
      all.add(new Tensor(module + ".bias", List.of(rows)));
    }
  }

  private static Tensor weight(String module, Integer... sizes) {
    return new Tensor(module + ".weight", List.of(sizes));
  }
}
