package dev.unmask.worker.engine.program;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.unmask.worker.model.Checkpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The TorchScript program on a device: its methods are called with {@link #call}. It owns the
 * weights that were given to it. For one thread.
 */
public final class TorchProgram implements AutoCloseable {
  /** One class, in files that are read one after the other. */
  private static final List<String> SOURCE =
      List.of("program", "pages", "forward", "special", "layers", "head");

  private static final String KERNELS = "plain";
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
          "sine",
          "pool_keys",
          "pool_values");

  private final PtNDManager memory;
  private final PtSymbolBlock module;
  private final IValue nothing;

  private TorchProgram(PtNDManager memory, PtSymbolBlock module) {
    this.memory = memory;
    this.module = module;
    nothing = IValueUtils.runMethod(module, "nothing");
  }

  /** A list of no tensors. */
  public IValue nothing() {
    return nothing;
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
    return Stream.concat(SOURCE.stream(), Stream.of(KERNELS))
        .map(TorchProgram::text)
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String text(String part) {
    String name = part + ".torchscript";
    try (var text = TorchProgram.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  /** Begins a call of one method. */
  public ProgramCall call(String method) {
    return new ProgramCall(module, method, memory.newSubManager(memory.getDevice()), nothing);
  }

  /** Runs a method that takes a count and returns what the caller owns. */
  public IValue open(String method, int count) {
    try (var call = call(method)) {
      return call.number(count).run();
    }
  }

  /** Reads a matrix of positions. */
  public int[][] positions(IValue matrix) {
    try (var host = hostMemory()) {
      var rows = matrix.toTensor(host);
      int width = Math.toIntExact(rows.getShape().get(1));
      long[] all = rows.toLongArray();
      return IntStream.range(0, Math.toIntExact(rows.getShape().get(0)))
          .mapToObj(row -> LongStream.of(all).skip((long) row * width).limit(width))
          .map(row -> row.mapToInt(Math::toIntExact).toArray())
          .toArray(int[][]::new);
    }
  }

  /** Host memory that outlives a call, until its owner closes it. */
  public PtNDManager hostMemory() {
    return (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
  }

  @Override
  public void close() {
    nothing.close();
    module.close();
    memory.close();
  }
}
