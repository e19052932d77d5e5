package dev.unmask.deploy.soak;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Vitals of a process over a run, at even times. What it takes at first, to warm up, is its own.
 */
record Course(List<Vitals> samples) {
  private static final int PARTS = 6;
  private static final int SETTLED = PARTS / 3;

  /**
   * How much more of something there is in the run's last sixth than in the sixth after its first
   * third, by medians.
   */
  long growth(ToLongFunction<Vitals> what) {
    return median(PARTS - 1, what) - median(SETTLED, what);
  }

  /** Medians of each sixth. */
  String summary() {
    return IntStream.range(0, PARTS)
        .mapToObj(part ->
            "%d MiB %d files %d threads"
                .formatted(
                    median(part, Vitals::residentKib) >> 10,
                    median(part, Vitals::descriptors),
                    median(part, Vitals::threads)))
        .collect(Collectors.joining(", "));
  }

  private long median(int part, ToLongFunction<Vitals> what) {
    int size = samples.size();
    var sorted =
        samples.subList(part * size / PARTS, (part + 1) * size / PARTS).stream()
            .mapToLong(what)
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }
}
