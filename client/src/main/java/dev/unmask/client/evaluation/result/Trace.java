package dev.unmask.client.evaluation.result;

import java.util.List;

/**
 * In which order a canvas was decoded.
 *
 * @param tokens token ids of the generated positions from the first; {@link #MASK} where a mask is
 *     left
 * @param steps what each step did
 */
public record Trace(List<Integer> tokens, List<Step> steps) {
  /** What stands for a position that was not decoded. */
  public static final int MASK = -1;

  public Trace {
    tokens = List.copyOf(tokens);
    steps = List.copyOf(steps);
  }

  /**
   * One step. Positions count from 0, the first generated one.
   *
   * @param positions that became tokens
   * @param confidences theirs, in the same order, rounded to thousandths
   * @param revoked positions taken back
   */
  public record Step(List<Integer> positions, List<Double> confidences, List<Integer> revoked) {
    public Step {
      positions = List.copyOf(positions);
      confidences = List.copyOf(confidences);
      revoked = List.copyOf(revoked);
    }
  }
}
