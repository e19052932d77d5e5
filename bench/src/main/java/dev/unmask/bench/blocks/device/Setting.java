package dev.unmask.bench.blocks.device;

import java.nio.file.Path;

/**
 * What is served, and where.
 *
 * @param device as a worker takes it
 * @param model folder of the checkpoint
 */
record Setting(String device, Path model) {
  String name() {
    return model.toAbsolutePath().normalize().getFileName().toString();
  }

  boolean gpu() {
    return !device.equals("cpu");
  }
}
