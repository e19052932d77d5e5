package dev.unmask.worker.unmask;

import dev.unmask.worker.scoring.Ranking;
import java.util.stream.IntStream;

/**
 * Commits generously and takes back what does not stand a second look: candidates that reach the
 * wide threshold go in, committed tokens of the block whose probability, seen from a shadow of the
 * block that hides them from themselves, is below the narrow one go out.
 *
 * <pre>
 *   wide 0.7, narrow 0.9
 *     step 0   _ _ _ _    .8 .9 .3 .9     -> # # _ #
 *     step 1   # # _ #    shadow .95 .60 . .99, mask .8    -> # _ # #    the second is taken back
 * </pre>
 *
 * <p>Fewer are taken back than go in, so it ends. Source: WINO (Hong et al. 2025), as in d2Cache.
 *
 * @param wideIn in (0, 1]; a probability equal to it passes
 * @param narrowOut in [0, 1]; a probability equal to it stays
 * @param minTokens committed when fewer pass, and more than taken back; at least 1
 */
public record Wino(double wideIn, double narrowOut, int minTokens) implements UnmaskPolicy {
  private static final double WIDEST_SHARE = 0.7;
  private static final int LEAST_CAP = 5;
  private static final int MOST_CAP = 20;

  public Wino {
    if (!(wideIn > 0 && wideIn <= 1) || !(narrowOut >= 0 && narrowOut <= 1) || minTokens < 1) {
      throw new IllegalArgumentException("no WINO: " + wideIn + ", " + narrowOut);
    }
  }

  @Override
  public int[] pick(Round round) {
    var ranking = new Ranking(round.scores());
    int passing = 0;
    while (passing < ranking.size() && round.scores()[ranking.at(passing)] >= (float) wideIn) {
      passing++;
    }
    int cap = Math.clamp((int) (round.masks() * WIDEST_SHARE), LEAST_CAP, MOST_CAP);
    return ranking.best(Math.clamp(passing, minTokens, Math.max(cap, minTokens)));
  }

  /**
   * Picks committed tokens to take back.
   *
   * @param probabilities of committed tokens of the block, from the shadow
   * @param committed tokens that went in in this step
   * @return indices into the probabilities, rising
   */
  public int[] revoke(float[] probabilities, int committed) {
    int most = Math.max(committed - minTokens, 0);
    int[] doubtful =
        IntStream.range(0, probabilities.length)
            .filter(i -> probabilities[i] < (float) narrowOut)
            .toArray();
    if (doubtful.length <= most) {
      return doubtful;
    }
    float[] doubts = new float[probabilities.length];
    for (int i = 0; i < doubts.length; i++) {
      doubts[i] = -probabilities[i];
    }
    return new Ranking(doubts).best(most);
  }
}
