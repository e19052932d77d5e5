package dev.unmask.client.evaluation.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What both sandboxes put before a command. */
final class Commands {
  /**
   * Out of the terminal's process group, so that Ctrl-C is ours to answer; first to go when the
   * machine runs out of memory.
   */
  private static final String DETACH =
      "{ echo 1000 > /proc/self/oom_score_adj; } 2> /dev/null; exec setsid \"$@\"";

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
          "LANG", "C.UTF-8",
          // Libraries of numbers start a thread a core, and processes are few.
          "OMP_NUM_THREADS", "1",
          "OPENBLAS_NUM_THREADS", "1");

  private Commands() {}

  static List<String> detached(List<String> command) {
    var whole = new ArrayList<>(List.of("/bin/sh", "-c", DETACH, "sandbox"));
    whole.addAll(command);
    return whole;
  }

  /** The system's limits; {@code processes} counts all of the user's. */
  static List<String> limits(Bounds bounds, int processes) {
    return List.of(
        "prlimit",
        "--cpu=" + bounds.cpuTime().toSeconds(),
        "--as=" + bounds.memoryBytes(),
        "--nproc=" + processes,
        "--fsize=" + bounds.diskBytes(),
        "--core=0",
        "--");
  }

  /** Starts a command with nothing of our environment. */
  static Process start(List<String> command, Path folder, Map<String, String> more)
      throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    builder.environment().putAll(more);
    return builder.start();
  }
}
