package dev.unmask.worker.model;

import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.model.files.CheckpointException;
import dev.unmask.worker.model.files.StoredTensor;
import dev.unmask.worker.model.files.TensorFolder;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/**
 * A checkpoint folder as published on Hugging Face, checked and mapped into memory. Immutable; safe
 * to share among threads until it is closed. The engine copies what it computes with, so it may be
 * closed once a model is loaded.
 */
public final class Checkpoint implements AutoCloseable {
  private final ModelFamily family;
  private final ModelShape shape;
  private final ModelTraits traits;
  private final SortedMap<String, StoredTensor> tensors;
  private final byte[] digest;
  private final Arena arena;

  private Checkpoint(Path folder, Arena arena) {
    this.arena = arena;
    var config = ModelConfig.read(folder);
    family = ModelFamily.of(config);
    shape = family.shape(config);
    traits =
        new ModelTraits(
            family.maskToken(config, shape.vocabulary()),
            config.token("eos_token_id", shape.vocabulary()),
            new int[0],
            family.predictionShift(),
            family.causalBlock(config),
            TokenCounts.read(folder, shape.vocabulary()));
    tensors = TensorFolder.map(folder, arena);
    ExpectedTensors.of(family, shape).check(tensors, family);
    digest = WeightsDigest.of(folder.resolve("config.json"), tensors.values());
  }

  /**
   * Opens a folder with {@code config.json} and {@code model.safetensors}, or shards and their
   * index. Reads every byte once, for the digest.
   *
   * @throws CheckpointException if it does not fit, naming the field, or the tensor and both shapes
   */
  public static Checkpoint open(Path folder) {
    var arena = Arena.ofShared();
    try {
      return new Checkpoint(folder, arena);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** Which rules the forward follows. */
  public ModelFamily family() {
    return family;
  }

  /** Sizes of the model. */
  public ModelShape shape() {
    return shape;
  }

  /** Special ids and prediction shift. */
  public ModelTraits traits() {
    return traits;
  }

  /** SHA-256 over configuration, tensor names, types, shapes and bytes; independent of sharding. */
  public byte[] weightsDigest() {
    return digest.clone();
  }

  /** All tensors by name. */
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  /**
   * One tensor.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public StoredTensor tensor(String name) {
    var tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor " + name);
    }
    return tensor;
  }

  /** Unmaps the files; the tensors must not be used any more. */
  @Override
  public void close() {
    arena.close();
  }
}
