package dev.unmask.worker.unmask;

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
 */
public record FixedSchedule(Pace pace) implements UnmaskPolicy {
  @Override
  public int[] pick(Round round) {
    return new Ranking(round.scores()).best(pace.tokens(round));
  }

  @Override
  public boolean waits(Round round) {
    return pace.tokens(round) == 0;
  }
}
