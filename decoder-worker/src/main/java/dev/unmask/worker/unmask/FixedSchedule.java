package dev.unmask.worker.unmask;

import static dev.unmask.worker.sampling.Noise.Purpose.COMMIT;

import dev.unmask.worker.scoring.Ranking;
import java.util.OptionalDouble;

/**
 * A planned number of tokens a step, the best first.
 *
 * <pre>
 *   block of 8, Steps of 4 a block     step 0: 2   1: 2   2: 2   3: 2
 *   block of 8, Steps of 3 a block     step 0: 3   1: 3   2: 2
 *   block of 8, TokensPerStep 3        step 0: 3   1: 3   2: 2
 *   block of 8, TimeSchedule of 8      step 0: 0   1: 1  ...  6: 1   7: 2
 * </pre>
 *
 * @param pace how the plan is given
 * @param algTemp draws positions without replacement, with probabilities softmax(score / algTemp),
 *     instead of taking the best (Dream alg_temp); above 0; empty: the best
 */
public record FixedSchedule(Pace pace, OptionalDouble algTemp) implements UnmaskPolicy {
  public FixedSchedule {
    if (!(algTemp.orElse(1) > 0)) {
      throw new IllegalArgumentException("algTemp must be above 0: " + algTemp);
    }
  }

  /** The same with steps that take shares of a block's length or of its masks. */
  public FixedSchedule with(boolean ofLength) {
    return pace instanceof Pace.Steps(int steps, boolean _)
        ? new FixedSchedule(new Pace.Steps(steps, ofLength), algTemp)
        : this;
  }

  /** The best first. */
  public FixedSchedule(Pace pace) {
    this(pace, OptionalDouble.empty());
  }

  @Override
  public int[] pick(Round round) {
    return new Ranking(ranked(round)).best(pace.tokens(round));
  }

  /** The largest of score / temperature + Gumbel noise are a softmax draw without replacement. */
  private float[] ranked(Round round) {
    if (algTemp.isEmpty()) {
      return round.scores();
    }
    float[] ranked = new float[round.candidates()];
    for (int i = 0; i < ranked.length; i++) {
      double noise = round.noise().gumbel(COMMIT, round.positions()[i]);
      ranked[i] = (float) (round.scores()[i] / algTemp.getAsDouble() + noise);
    }
    return ranked;
  }

  @Override
  public boolean waits(Round round) {
    return pace.tokens(round) == 0;
  }
}
