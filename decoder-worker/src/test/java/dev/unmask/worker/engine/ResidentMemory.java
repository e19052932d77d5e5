package dev.unmask.worker.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory the process has, as the operating system counts it. */
final class ResidentMemory {
  private static final int PAGE_BYTES = 4096;

  private ResidentMemory() {}

  /**
   * The least that any of several equal rounds of work took and did not give back. What is lost is
   * lost in every round; what the compiler takes, it takes in some. The heap is collected after
   * each, because every object that waits for it touches memory that was not touched before.
   */
  static long leastGrowth(int rounds, Runnable work) {
    work.run();
    long least = Long.MAX_VALUE;
    long before = bytes();
    for (int round = 0; round < rounds; round++) {
      work.run();
      long after = bytes();
      least = Math.min(least, after - before);
      before = after;
    }
    return least;
  }

  private static long bytes() {
    System.gc();
    try {
      var pages = List.of(Files.readString(Path.of("/proc/self/statm")).split(" ", -1));
      return Long.parseLong(pages.get(1)) * PAGE_BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
