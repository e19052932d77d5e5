package dev.unmask.worker.unmask;

import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Commits the head of the unbroken run of masks at the block's first one: as many as reach a
 * threshold without a gap.
 *
 * <pre>
 *   canvas   # # _ _ _ # _      run: positions 2 3 4
 *   threshold 0.5, scores .9 .6 .4   -> 2, 3
 * </pre>
 *
 * <p>Source: d2Cache's {@code ar}.
 *
 * @param threshold in (0, 1]; a score equal to it passes; empty: see {@code wholeRun}
 * @param minTokens committed when fewer pass, at least 1
 * @param wholeRun whether all of the run goes when there is no threshold (d2Cache), or the minimum
 */
public record LeftToRight(OptionalDouble threshold, int minTokens, boolean wholeRun)
    implements UnmaskPolicy {
  public LeftToRight {
    double bound = threshold.orElse(1);
    if (!(bound > 0 && bound <= 1) || minTokens < 1) {
      throw new IllegalArgumentException("not left to right: " + threshold + ", " + minTokens);
    }
  }

  /** Without a threshold, the minimum. */
  public LeftToRight(OptionalDouble threshold, int minTokens) {
    this(threshold, minTokens, false);
  }

  /** The same with another rule for no threshold. */
  public LeftToRight with(boolean whole) {
    return new LeftToRight(threshold, minTokens, whole);
  }

  @Override
  public int[] pick(Round round) {
    int run = 1;
    while (run < round.candidates() && round.positions()[run] == round.positions()[run - 1] + 1) {
      run++;
    }
    int head = Math.max(head(round, run), minTokens);
    return IntStream.range(0, Math.min(head, run)).toArray();
  }

  private int head(Round round, int run) {
    if (threshold.isEmpty()) {
      return wholeRun ? run : 0;
    }
    int head = 0;
    while (head < run && round.scores()[head] >= (float) threshold.getAsDouble()) {
      head++;
    }
    return head;
  }
}
