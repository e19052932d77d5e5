package dev.unmask.worker.engine;

import ai.djl.Device;
import dev.unmask.contract.Limits;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Where a model computes.
 *
 * @param device {@code cpu}, or {@code cuda:n} for the n-th GPU
 * @param threads of a CPU product, process-wide; empty leaves torch's choice
 * @param kvBytes memory of the device for keys and values, taken at start; empty: 16 GiB of a GPU,
 *     1 GiB of a CPU
 */
public record EngineSettings(String device, OptionalInt threads, OptionalLong kvBytes) {
  private static final long GPU_KV_BYTES = 16L << 30;
  private static final long CPU_KV_BYTES = 1L << 30;

  private static final Pattern GPU = Pattern.compile("cuda:(\\d{1,3})");

  public EngineSettings {
    if (!device.equals("cpu") && !GPU.matcher(device).matches()) {
      throw new IllegalArgumentException("device must be cpu or cuda:n, not " + device);
    }
    if (threads.isPresent() && threads.getAsInt() < 1) {
      throw new IllegalArgumentException("threads must be at least 1");
    }
    if (kvBytes.isPresent() && kvBytes.getAsLong() < 1) {
      throw new IllegalArgumentException("memory for keys and values must be at least 1 byte");
    }
  }

  /** With the usual memory for keys and values. */
  public EngineSettings(String device, OptionalInt threads) {
    this(device, threads, OptionalLong.empty());
  }

  /** A CPU with torch's choice of threads. */
  public static EngineSettings cpu() {
    return new EngineSettings("cpu", OptionalInt.empty());
  }

  Device torchDevice() {
    var gpu = GPU.matcher(device);
    return gpu.matches() ? Device.gpu(Integer.parseInt(gpu.group(1))) : Device.cpu();
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
          "memory for keys and values must be at least %d bytes, not %d"
              .formatted(Limits.PAGE_SPAN * layout.positionBytes(), bytes));
    }
    return (int) positions;
  }
}
