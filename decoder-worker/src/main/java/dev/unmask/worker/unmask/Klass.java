package dev.unmask.worker.unmask;

import dev.unmask.worker.scoring.Ranking;
import java.util.stream.IntStream;

/**
 * Commits what is sure and has stopped moving: candidates whose distribution moved by less than a
 * divergence in each of the last steps, and whose score reaches a threshold. When there is none,
 * the best.
 *
 * <pre>
 *   kl 0.01, history 2, threshold 0.9
 *     divergences  .002 .001     score .95    -> committed
 *     divergences  .050 .001     score .99    stays: it moved the step before last
 * </pre>
 *
 * <p>Source: KLASS (Kim et al. 2025), as in d2Cache.
 *
 * @param klThreshold in nats, above 0
 * @param history steps, at least 1
 * @param threshold in (0, 1]; a score equal to it passes
 * @param minTokens committed when none qualifies, at least 1
 */
public record Klass(double klThreshold, int history, double threshold, int minTokens)
    implements UnmaskPolicy {
  public Klass {
    if (!(klThreshold > 0) || history < 1 || minTokens < 1) {
      throw new IllegalArgumentException("no KLASS: " + klThreshold + ", " + history);
    }
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must be in (0, 1]: " + threshold);
    }
  }

  @Override
  public Probe probe() {
    return new Probe.Divergence(history);
  }

  @Override
  public int[] pick(Round round) {
    int[] sure =
        IntStream.range(0, round.candidates())
            .filter(i -> round.scores()[i] >= (float) threshold && calm(round.probed()[i]))
            .toArray();
    return sure.length > 0 ? sure : new Ranking(round.scores()).best(minTokens);
  }

  private boolean calm(float[] divergences) {
    for (float divergence : divergences) {
      if (!(divergence < klThreshold)) {
        return false;
      }
    }
    return true;
  }
}
