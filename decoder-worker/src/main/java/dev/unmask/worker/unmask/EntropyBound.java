package dev.unmask.worker.unmask;

import dev.unmask.worker.scoring.Ranking;

/**
 * Commits as many of the best candidates as their joint entropy allows: the n-th best may go along
 * while the entropies of the best n, all but one, sum to at most gamma. The one left out is what
 * sampling one token alone would cost anyway, so what is summed bounds the error of sampling them
 * together.
 *
 * <pre>
 *   gamma 0.5    entropies by score .1 .2 .4 .9    sums without the largest  0 .1 .3 .7   -> the best three
 * </pre>
 *
 * <p>Source: EB-Sampler (Ben-Hamu et al. 2025), equation of its algorithm 1; see {@link LeftOut}
 * for where d2Cache's differs.
 *
 * @param gamma bound in nats, at least 0
 * @param minTokens committed when fewer may go, at least 1
 * @param leftOut which entropy is not summed
 */
public record EntropyBound(double gamma, int minTokens, LeftOut leftOut) implements UnmaskPolicy {
  public EntropyBound {
    if (!(gamma >= 0) || minTokens < 1) {
      throw new IllegalArgumentException("no entropy bound: " + gamma + ", " + minTokens);
    }
  }

  /** Which of the entropies stays out of the sum. */
  public enum LeftOut {
    /** The largest (the paper). */
    LARGEST,
    /** The last (d2Cache, whose running maximum runs over the batch). */
    LAST,
    /** None, and the sum stays below the bound (SDAR). */
    NONE
  }

  /** Leaves out the largest. */
  public EntropyBound(double gamma, int minTokens) {
    this(gamma, minTokens, LeftOut.LARGEST);
  }

  /** The same bound that leaves out another entropy. */
  public EntropyBound with(LeftOut other) {
    return new EntropyBound(gamma, minTokens, other);
  }

  @Override
  public Probe probe() {
    return new Probe.Entropy();
  }

  @Override
  public int[] pick(Round round) {
    var ranking = new Ranking(round.scores());
    float sum = 0;
    float largest = 0;
    int run = 0;
    while (run < ranking.size()) {
      float entropy = round.probed()[ranking.at(run)][0];
      sum += entropy;
      largest = Math.max(largest, entropy);
      if (exceeds(sum, largest, entropy)) {
        break;
      }
      run++;
    }
    return ranking.best(Math.max(run, minTokens));
  }

  private boolean exceeds(float sum, float largest, float last) {
    float bound = (float) gamma;
    return switch (leftOut) {
      case LARGEST -> sum - largest > bound;
      case LAST -> sum - last > bound;
      case NONE -> sum >= bound;
    };
  }
}
