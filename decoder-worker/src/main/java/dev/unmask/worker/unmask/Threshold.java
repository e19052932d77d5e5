package dev.unmask.worker.unmask;

import dev.unmask.worker.scoring.Ranking;
import java.util.OptionalInt;

/**
 * Commits every candidate whose score reaches a threshold, and the best ones when too few do.
 *
 * <pre>
 *   threshold 0.9, minimum 1     scores .95 .40 .91 .20  -> 0, 2      scores .50 .40 -> 0
 * </pre>
 *
 * <p>Source: Fast-dLLM section 3.3 (confidence-aware parallel decoding); d2Cache for the minimum.
 *
 * @param threshold in (0, 1]; a score equal to it passes
 * @param minTokens committed when fewer pass, at least 1
 * @param steps considers only the best blockLength / steps candidates a step, plus what earlier
 *     steps left over (Fast-dLLM's Dream decoder without a cache); empty: all
 * @param strict whether a score must be above the threshold (Fast-dLLM v2, SDAR), not just equal
 */
public record Threshold(double threshold, int minTokens, OptionalInt steps, boolean strict)
    implements UnmaskPolicy {
  public Threshold {
    if (!(threshold > 0 && threshold <= 1) || minTokens < 1 || steps.orElse(1) < 1) {
      throw new IllegalArgumentException("no threshold policy: " + threshold + ", " + minTokens);
    }
  }

  /** A score equal to the threshold passes. */
  public Threshold(double threshold, int minTokens, OptionalInt steps) {
    this(threshold, minTokens, steps, false);
  }

  /** Commits at least one token a step and considers every candidate. */
  public Threshold(double threshold) {
    this(threshold, 1, OptionalInt.empty());
  }

  /** The same with another edge. */
  public Threshold with(boolean above) {
    return new Threshold(threshold, minTokens, steps, above);
  }

  @Override
  public int[] pick(Round round) {
    float bound = (float) threshold;
    var ranking = new Ranking(round.scores());
    int considered = Math.min(considered(round), ranking.size());
    int passing = 0;
    while (passing < considered && passes(round.scores()[ranking.at(passing)], bound)) {
      passing++;
    }
    return ranking.best(Math.max(passing, minTokens));
  }

  private boolean passes(float score, float bound) {
    return strict ? score > bound : score >= bound;
  }

  /**
   * Every step may have committed blockLength / steps; what it did not is left over to this one.
   */
  private int considered(Round round) {
    if (steps.isEmpty()) {
      return round.candidates();
    }
    int quota = round.layout().blockLength() / steps.getAsInt();
    int allowed = quota * Math.min(round.step() + 1, steps.getAsInt());
    return Math.max(1, allowed - round.committed());
  }
}
