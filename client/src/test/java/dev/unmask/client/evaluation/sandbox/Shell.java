package dev.unmask.client.evaluation.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A shell script to run in a sandbox, with a word in its command line that its processes, and no
 * others, can be found by.
 */
record Shell(String script, Bounds bounds, String word) {
  private static final Bounds SMALL =
      new Bounds(Duration.ofSeconds(20), Duration.ofSeconds(1), 64L << 20, 16, 1L << 20, 1 << 16);

  /** A script with plenty of time and little of all else. */
  static Shell script(String script) {
    return new Shell(script, SMALL, "sandbox-test-" + UUID.randomUUID());
  }

  Shell within(Duration wallTime) {
    var bounds =
        new Bounds(
            wallTime,
            SMALL.cpuTime(),
            SMALL.memoryBytes(),
            SMALL.processes(),
            SMALL.diskBytes(),
            SMALL.outputBytes());
    return new Shell(script, bounds, word);
  }

  Job job() {
    return new Job(List.of("/bin/sh", "-c", script, word), "", bounds);
  }

  /** Its processes that are alive; a forked shell keeps the command line. */
  List<ProcessHandle> alive() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(word))
        .toList();
  }
}
