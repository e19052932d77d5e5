package dev.unmask.client.evaluation.sandbox;

import java.time.Duration;

/**
 * How much a command may use.
 *
 * @param wallTime from its start until it is killed
 * @param cpuTime of one process, in whole seconds
 * @param memoryBytes address space of one process
 * @param processes processes and threads at once
 * @param diskBytes a file, and where the sandbox is isolated all of its files
 * @param outputBytes standard output and standard error together; more ends the command
 */
public record Bounds(
    Duration wallTime,
    Duration cpuTime,
    long memoryBytes,
    int processes,
    long diskBytes,
    int outputBytes) {
  /**
   * Bounds of a candidate program. The processor time is that of Codex's evaluation (Chen et al.
   * 2021: 3 s); the wall time leaves room for a machine that is busy with decoding.
   */
  public static final Bounds PROGRAM =
      new Bounds(Duration.ofSeconds(10), Duration.ofSeconds(3), 512L << 20, 16, 16L << 20, 1 << 20);

  public Bounds {
    atLeast("wallTime in ms", wallTime.toMillis(), 1);
    atLeast("cpuTime in s", cpuTime.toSeconds(), 1);
    atLeast("memoryBytes", memoryBytes, 1 << 20);
    atLeast("processes", processes, 1);
    atLeast("diskBytes", diskBytes, 1 << 12);
    atLeast("outputBytes", outputBytes, 1);
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", is " + value);
    }
  }
}
