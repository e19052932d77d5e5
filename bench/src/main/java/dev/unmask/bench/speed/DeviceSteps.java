package dev.unmask.bench.speed;

import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How long the engine's forwards take at a published model's shape, with random weights: blocks of
 * 1 to 64 requests in one forward, refreshes, loading, and moving a first forward to host memory
 * and back.
 *
 * <p>Arguments: device ({@code cuda:0}), shape ({@code llada-8b}, {@code dream-7b} or {@code
 * small}), folder for the weights (17 GB; used again if they are there), file for the results as
 * JSON.
 */
public final class DeviceSteps {
  private static final long KV_BYTES = 40L << 30;

  private DeviceSteps() {}

  /** Writes weights, loads them, measures and prints one row a measurement. */
  public static void main(String[] arguments) throws IOException {
    var random = RandomCheckpoint.named(arguments[1]);
    var folder = Files.createDirectories(Path.of(arguments[2]));
    var findings = new Findings();
    findings.note("device", arguments[0]);
    findings.note("shape", arguments[1] + ", random weights");
    findings.note("weights_bytes", random.bytes());
    if (!Files.exists(folder.resolve("config.json"))) {
      long start = System.nanoTime();
      random.write(folder);
      findings.seconds("write_seconds", start);
    }
    begin(arguments[0]);
    try (var engine = load(folder, arguments[0], random.bytes(), findings)) {
      new DeviceBatches(engine, findings).measure();
      new DeviceTransfers(engine, findings).measure();
    }
    findings.write(Path.of(arguments[3]));
  }

  /** Has the device's libraries started, which takes as long as loading a small model. */
  private static void begin(String device) throws IOException {
    var folder = Files.createTempDirectory("small");
    RandomCheckpoint.named("small").write(folder);
    try (var checkpoint = Checkpoint.open(folder)) {
      TorchEngine.load(checkpoint, new EngineSettings(device, OptionalInt.empty())).close();
    }
  }

  private static TorchEngine load(Path folder, String device, long bytes, Findings findings) {
    findings.note("page_cache_gb_per_second", PageCacheRate.of(folder));
    long start = System.nanoTime();
    try (var checkpoint = Checkpoint.open(folder)) {
      findings.seconds("digest_seconds", start);
      var kvBytes = device.equals("cpu") ? OptionalLong.empty() : OptionalLong.of(KV_BYTES);
      start = System.nanoTime();
      var engine =
          TorchEngine.load(
              checkpoint,
              new EngineSettings(
                  device, OptionalInt.empty(), kvBytes, OptionalLong.empty(), Optional.empty()));
      double seconds = (System.nanoTime() - start) / 1e9;
      findings.note("load_seconds", seconds);
      findings.note("load_gb_per_second", bytes / seconds / 1e9);
      return engine;
    }
  }
}
