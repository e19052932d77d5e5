package dev.unmask.worker.drift;

import java.time.Duration;

/** Answers of one kind, counted. */
final class Trials {
  private int count;
  private int right;
  private long shared;
  private long firstRows;
  private long rows;
  private long firstNanos;
  private long nanos;

  /**
   * What one answer took.
   *
   * @param right whether it is
   * @param firstRows that the first forward computed
   * @param rows that all computed
   * @param firstNanos of the first forward
   * @param nanos of all
   */
  record Trial(boolean right, int firstRows, int rows, long firstNanos, long nanos) {}

  void add(int prefix, Trial trial) {
    count++;
    right += trial.right() ? 1 : 0;
    shared += prefix;
    firstRows += trial.firstRows();
    rows += trial.rows();
    firstNanos += trial.firstNanos();
    nanos += trial.nanos();
  }

  Finding finding(double share, int depth) {
    return new Finding(
        share,
        depth,
        count,
        right,
        mean(shared),
        mean(firstRows),
        mean(rows),
        Duration.ofNanos((long) mean(firstNanos)),
        Duration.ofNanos((long) mean(nanos)));
  }

  private double mean(long sum) {
    return count == 0 ? 0 : (double) sum / count;
  }
}
