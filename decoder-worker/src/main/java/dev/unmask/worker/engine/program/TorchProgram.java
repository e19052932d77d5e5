package dev.unmask.worker.engine.program;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.unmask.worker.engine.program.ProgramText.Kernels;
import dev.unmask.worker.engine.program.ProgramText.Products;
import dev.unmask.worker.model.Checkpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TorchScript program on a device: its methods are called with {@link #call}. It owns the
 * weights that were given to it. For one thread.
 */
public final class TorchProgram implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TorchProgram.class);

  private static final List<String> WEIGHTS =
      List.of(
          "embedding",
          "attention_norm",
          "qkv_bias",
          "query_norm",
          "key_norm",
          "mlp_norm",
          "final_norm",
          "cosine",
          "sine",
          "pool_keys",
          "pool_values");

  private static final String PACKED = "__torch__.torch.classes.quantized.LinearPackedParamsBase";

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

  /**
   * The program for a model's shape, without weights yet.
   *
   * @param weights of products: of the compute type, or narrower than it
   */
  public static TorchProgram load(
      Checkpoint checkpoint, Device device, ComputeType type, WeightType weights) {
    var shape = checkpoint.shape();
    var instance =
        new ModulePickle("Program")
            .with("heads", shape.heads())
            .with("kv_heads", shape.kvHeads())
            .with("head_size", shape.headSize())
            .with("epsilon", shape.epsilon())
            .with("compute", type.torchCode())
            .with("mask_token", checkpoint.traits().maskToken())
            .with("vocabulary", shape.vocabulary());
    WEIGHTS.forEach(instance::withTensors);
    var products = products(type, weights);
    switch (products) {
      case EXACT, BFLOAT16 -> instance.withTensors("products");
      case INT8 -> instance.withList("products", PACKED);
    }
    var memory = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(device);
    return new TorchProgram(
        memory,
        device.isGpu()
            ? fused(memory, instance)
            : module(memory, Kernels.PLAIN, products, instance));
  }

  private static Products products(ComputeType type, WeightType weights) {
    return switch (weights) {
      case FLOAT32 -> Products.EXACT;
      case BFLOAT16 -> type == ComputeType.BFLOAT16 ? Products.EXACT : Products.BFLOAT16;
      case INT8 -> Products.INT8;
    };
  }

  /**
   * With the custom operators, if their library is loaded; a program that names unknown ones does
   * not load.
   */
  private static PtSymbolBlock fused(PtNDManager memory, ModulePickle instance) {
    try {
      var module = module(memory, Kernels.FUSED, Products.EXACT, instance);
      LOG.info("{} computes with custom operators", memory.getDevice());
      return module;
    } catch (EngineException e) {
      LOG.info(
          "{} computes with plain operators: the library of custom ones is not loaded",
          memory.getDevice());
      LOG.debug("no custom operators", e);
      return module(memory, Kernels.PLAIN, Products.EXACT, instance);
    }
  }

  private static PtSymbolBlock module(
      PtNDManager memory, Kernels kernels, Products products, ModulePickle instance) {
    byte[] archive = TorchArchive.pack(ProgramText.with(kernels, products), instance);
    try {
      return JniUtils.loadModule(memory, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
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
