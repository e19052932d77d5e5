package dev.unmask.worker.engine.program;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import dev.unmask.worker.model.Checkpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * The TorchScript program on a device: its methods are called with {@link #call}. It owns the
 * weights that were given to it. For one thread.
 */
public final class TorchProgram implements AutoCloseable {
  private static final String SOURCE = "program.torchscript";
  private static final List<String> WEIGHTS =
      List.of(
          "embedding",
          "attention_norm",
          "qkv",
          "qkv_bias",
          "attention_out",
          "mlp_norm",
          "gate_up",
          "down",
          "final_norm",
          "head",
          "cosine",
          "sine");

  private final PtNDManager memory;
  private final PtSymbolBlock module;

  private TorchProgram(PtNDManager memory, PtSymbolBlock module) {
    this.memory = memory;
    this.module = module;
  }

  /** The program for a model's shape, without weights yet. */
  public static TorchProgram load(Checkpoint checkpoint, Device device, ComputeType type) {
    var shape = checkpoint.shape();
    var instance =
        new ModulePickle("Program")
            .with("heads", shape.heads())
            .with("kv_heads", shape.kvHeads())
            .with("head_size", shape.headSize())
            .with("epsilon", shape.epsilon())
            .with("compute", type.torchCode())
            .with("mask_token", checkpoint.traits().maskToken());
    WEIGHTS.forEach(instance::withTensors);
    var memory = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(device);
    return new TorchProgram(memory, module(memory, TorchArchive.pack(source(), instance)));
  }

  private static PtSymbolBlock module(PtNDManager memory, byte[] archive) {
    try {
      return JniUtils.loadModule(memory, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  private static byte[] source() {
    try (var text = TorchProgram.class.getResourceAsStream(SOURCE)) {
      if (text == null) {
        throw new IllegalStateException(SOURCE + " is not on the class path");
      }
      return text.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(SOURCE + " cannot be read", e);
    }
  }

  /** Begins a call of one method. */
  public ProgramCall call(String method) {
    return new ProgramCall(module, method, memory.newSubManager(memory.getDevice()));
  }

  /** Runs a method that takes a count and returns what the caller owns. */
  public IValue open(String method, int count) {
    try (var call = call(method)) {
      return call.number(count).run();
    }
  }

  /** Reads a vector, which is closed. */
  public float[] floats(IValue vector) {
    try (vector;
        var host = hostMemory()) {
      return vector.toTensor(host).toFloatArray();
    }
  }

  /** Reads a list of vectors of positions. */
  public int[][] positions(IValue vectors) {
    try (var host = hostMemory()) {
      return Arrays.stream(vectors.toTensorArray(host))
          .map(vector -> Arrays.stream(vector.toLongArray()).mapToInt(Math::toIntExact).toArray())
          .toArray(int[][]::new);
    }
  }

  /** Host memory that outlives a call, until its owner closes it. */
  public PtNDManager hostMemory() {
    return (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
  }

  @Override
  public void close() {
    module.close();
    memory.close();
  }
}
