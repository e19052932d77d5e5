package dev.unmask.worker.unmask;

import dev.unmask.worker.scoring.Ranking;

/**
 * A number of tokens a step, the best first by a calibrated confidence: the probability times the
 * token's surprise in a corpus, at most a bound. What every text is full of comes last.
 *
 * <pre>
 *   "the"     p .99   frequency .05    .99 * 3.0 = 3.0
 *   "seven"   p .90   frequency 1e-4   .90 * 9.2 = 8.3    -> first
 * </pre>
 *
 * <p>Source: PC-Sampler (Huang et al. 2025), as in d2Cache, which has no position weight.
 *
 * @param tokensPerStep at least 1
 * @param debias whether confidences are calibrated at all
 * @param clipAlpha largest calibrated confidence, above 0
 */
public record PcSampler(int tokensPerStep, boolean debias, double clipAlpha)
    implements UnmaskPolicy {
  public PcSampler {
    if (tokensPerStep < 1 || !(clipAlpha > 0)) {
      throw new IllegalArgumentException("no PC-Sampler: " + tokensPerStep + ", " + clipAlpha);
    }
  }

  @Override
  public int[] pick(Round round) {
    return new Ranking(round.scores()).best(tokensPerStep);
  }
}
