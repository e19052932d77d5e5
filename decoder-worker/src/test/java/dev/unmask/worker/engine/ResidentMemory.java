package dev.unmask.worker.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** How much memory the process has, as the operating system counts it. */
final class ResidentMemory {
  private static final int PAGE_BYTES = 4096;

  private ResidentMemory() {}

  /**
   * What equal rounds of work take and do not give back: the lower quartile of the rounds, in
   * bytes. What is lost is lost in every round; what the heap and the compiler take or give back,
   * they do in some. The heap is collected after each round, because every object that waits for it
   * touches memory that was not touched before.
   */
  static long growth(int rounds, Runnable work) {
    work.run();
    long[] growth = new long[rounds];
    long before = bytes();
    for (int round = 0; round < rounds; round++) {
      work.run();
      long after = bytes();
      growth[round] = after - before;
      before = after;
    }
    Arrays.sort(growth);
    return growth[rounds / 4];
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
