package dev.unmask.worker.unmask;

import static dev.unmask.worker.sampling.Noise.Purpose.COMMIT;

import java.util.stream.IntStream;

/**
 * Commits each candidate by its own coin, whatever its score: with probability 1 - s/t in a step
 * from diffusion time t to s, and all in the block's last step.
 *
 * <pre>
 *   4 steps, epsilon 0.001     step 0: each of 8 with .25   1: with .33   2: with .50   3: all
 * </pre>
 *
 * <p>Source: Dream diffusion_generate, alg "origin".
 *
 * @param time of the steps
 */
public record Origin(Pace.TimeSchedule time) implements UnmaskPolicy {
  @Override
  public int[] pick(Round round) {
    var all = IntStream.range(0, round.candidates());
    if (time.last(round)) {
      return all.toArray();
    }
    float share = time.share(round);
    return all.filter(i -> round.noise().uniform(COMMIT, round.positions()[i]) < share).toArray();
  }

  @Override
  public boolean waits(Round round) {
    return !time.last(round);
  }
}
