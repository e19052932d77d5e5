package dev.unmask.worker.engine;

import ai.djl.Device;
import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.program.ComputeType;
import dev.unmask.worker.engine.program.WeightType;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Where a model computes.
 *
 * @param device {@code cpu}, or {@code cuda:n} for the n-th GPU
 * @param threads of a CPU product, process-wide, 1 to 256; empty: as many as this process has cores
 *     of its own
 * @param kvBytes memory of the device for keys and values, taken at start; empty: 16 GiB of a GPU,
 *     1 GiB of a CPU
 * @param workingBytes memory of a GPU for what forwards compute on the way, taken at start, so that
 *     it need not grow under load; empty: 6 GiB. A CPU takes it as it goes.
 * @param weights how a CPU keeps the weights of products; empty: in float32. A GPU has no choice.
 */
public record EngineSettings(
    String device,
    OptionalInt threads,
    OptionalLong kvBytes,
    OptionalLong workingBytes,
    Optional<WeightType> weights) {
  private static final int MOST_THREADS = 256;
  private static final long GPU_KV_BYTES = 16L << 30;
  private static final long CPU_KV_BYTES = 1L << 30;
  private static final long GPU_WORKING_BYTES = 6L << 30;

  private static final Pattern GPU = Pattern.compile("cuda:(\\d{1,3})");

  public EngineSettings {
    if (!device.equals("cpu") && !GPU.matcher(device).matches()) {
      throw new IllegalArgumentException("device must be cpu or cuda:n, not " + device);
    }
    if (threads.isPresent() && (threads.getAsInt() < 1 || threads.getAsInt() > MOST_THREADS)) {
      throw new IllegalArgumentException("threads must be 1 to 256, not " + threads.getAsInt());
    }
    if (weights.isPresent() && !device.equals("cpu")) {
      throw new IllegalArgumentException("weights must be left out on a GPU, which has bfloat16");
    }
    if (kvBytes.isPresent() && kvBytes.getAsLong() < 1) {
      throw new IllegalArgumentException("kv-memory-mib must be at least 1");
    }
    if (workingBytes.isPresent() && (workingBytes.getAsLong() < 0 || device.equals("cpu"))) {
      throw new IllegalArgumentException(
          "working-memory-mib must be at least 0, and left out on a CPU");
    }
  }

  /** With the usual memory for keys and values, and exact weights. */
  public EngineSettings(String device, OptionalInt threads) {
    this(device, threads, OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }

  /** A CPU with all of the process's cores. */
  public static EngineSettings cpu() {
    return new EngineSettings("cpu", OptionalInt.empty());
  }

  Device torchDevice() {
    var gpu = GPU.matcher(device);
    return gpu.matches() ? Device.gpu(Integer.parseInt(gpu.group(1))) : Device.cpu();
  }

  /** The same with weights kept in a type. */
  public EngineSettings withWeights(WeightType type) {
    return new EngineSettings(device, threads, kvBytes, workingBytes, Optional.of(type));
  }

  /** What is not a product is computed in this type. */
  ComputeType computeType() {
    return torchDevice().isGpu() ? ComputeType.BFLOAT16 : ComputeType.FLOAT32;
  }

  /** How the weights of products are kept. */
  public WeightType weightType() {
    return weights.orElse(torchDevice().isGpu() ? WeightType.BFLOAT16 : WeightType.FLOAT32);
  }

  /**
   * Threads of a product.
   *
   * @param cores what torch takes for the machine's, hyperthreads not counted
   */
  int threads(int cores) {
    // A container's share of a machine is known to Java, not to torch.
    return threads.orElse(Math.min(cores, Runtime.getRuntime().availableProcessors()));
  }

  /** Bytes to take at start for what forwards compute on the way; 0: none. */
  long reservedBytes() {
    return torchDevice().isGpu() ? workingBytes.orElse(GPU_WORKING_BYTES) : 0;
  }

  /**
   * Positions whose keys and values fit.
   *
   * @throws IllegalArgumentException if not even a page's do
   */
  int poolPositions(PageLayout layout) {
    long bytes = kvBytes.orElse(torchDevice().isGpu() ? GPU_KV_BYTES : CPU_KV_BYTES);
    long positions = Math.min(bytes / layout.positionBytes(), Integer.MAX_VALUE);
    if (positions < Limits.PAGE_SPAN) {
      throw new IllegalArgumentException(
          "kv-memory-mib is too little: %d positions need %d bytes, it is %d"
              .formatted(Limits.PAGE_SPAN, Limits.PAGE_SPAN * layout.positionBytes(), bytes));
    }
    return (int) positions;
  }
}
