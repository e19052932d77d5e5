package dev.unmask.worker.engine;

import ai.djl.Device;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Where a model computes.
 *
 * @param device {@code cpu}, or {@code cuda:n} for the n-th GPU
 * @param threads of a CPU product, process-wide; empty leaves torch's choice
 */
public record EngineSettings(String device, OptionalInt threads) {
  private static final Pattern GPU = Pattern.compile("cuda:(\\d{1,3})");

  public EngineSettings {
    if (!device.equals("cpu") && !GPU.matcher(device).matches()) {
      throw new IllegalArgumentException("device must be cpu or cuda:n, not " + device);
    }
    if (threads.isPresent() && threads.getAsInt() < 1) {
      throw new IllegalArgumentException("threads must be at least 1");
    }
  }

  /** A CPU with torch's choice of threads. */
  public static EngineSettings cpu() {
    return new EngineSettings("cpu", OptionalInt.empty());
  }

  Device torchDevice() {
    var gpu = GPU.matcher(device);
    return gpu.matches() ? Device.gpu(Integer.parseInt(gpu.group(1))) : Device.cpu();
  }
}
