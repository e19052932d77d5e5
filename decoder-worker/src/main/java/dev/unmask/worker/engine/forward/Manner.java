package dev.unmask.worker.engine.forward;

import dev.unmask.worker.rows.Wanted;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.Probe;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How tokens are picked and weighed; rows with the same manner are picked in one call, whosever
 * they are. Seeds and steps may differ.
 */
record Manner(
    double temperature,
    double topP,
    int topK,
    long confidence,
    long probe,
    List<Long> barred,
    List<Long> doubted) {
  static Manner of(Wanted wanted) {
    var sampling = wanted.sampling();
    return new Manner(
        sampling.temperature(),
        sampling.topP(),
        sampling.topK(),
        number(wanted.confidence()),
        number(wanted.probe()),
        list(wanted.barred()),
        list(wanted.doubted()));
  }

  /** Whether more than tokens and confidences is told. */
  boolean probes() {
    return probe != 0;
  }

  private static List<Long> list(int[] tokens) {
    return Arrays.stream(tokens).asLongStream().boxed().collect(Collectors.toList());
  }

  private static long number(Confidence confidence) {
    return switch (confidence) {
      case MAX_PROBABILITY -> 0;
      case MARGIN -> 1;
      case NEGATIVE_ENTROPY -> 2;
      case RANDOM -> throw new IllegalArgumentException("a random confidence needs no model");
    };
  }

  private static long number(Probe probe) {
    return switch (probe) {
      case Probe.None _ -> 0;
      case Probe.Entropy _ -> 1;
      case Probe.Divergence _ -> 2;
    };
  }
}
