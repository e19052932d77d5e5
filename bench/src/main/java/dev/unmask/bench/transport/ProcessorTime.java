package dev.unmask.bench.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Processor time of processes, without that of compilers of Java code, which end their work long
 * after a benchmark has begun when others use the machine too. Linux only.
 */
public final class ProcessorTime {
  private static final int USER_FIELD = 11;
  private static final double TICK_SECONDS = 0.01;

  private ProcessorTime() {}

  /** Seconds that threads of these processes have used, as far as they still live. */
  public static double seconds(Stream<Long> processes) {
    return processes.mapToDouble(ProcessorTime::seconds).sum();
  }

  private static double seconds(long process) {
    try (var threads = Files.list(Path.of("/proc/" + process + "/task"))) {
      return threads.mapToLong(ProcessorTime::ticks).sum() * TICK_SECONDS;
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static long ticks(Path thread) {
    try {
      var text = Files.readString(thread.resolve("stat"));
      int end = text.lastIndexOf(')');
      if (text.substring(0, end).contains("Compiler")) {
        return 0;
      }
      var fields = text.substring(end + 2).split(" ", -1);
      return Long.parseLong(fields[USER_FIELD]) + Long.parseLong(fields[USER_FIELD + 1]);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
