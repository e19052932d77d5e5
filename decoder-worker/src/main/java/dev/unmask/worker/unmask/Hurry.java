package dev.unmask.worker.unmask;

import dev.unmask.worker.scoring.Ranking;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Commits more than a policy picks where, at the pace it kept so far, it would need more steps than
 * there is time for: its picks, and the best of the other candidates, up to an even share of the
 * masks for each step that is left. While there is time, a step is the policy's alone. Used by one
 * request.
 *
 * <pre>
 *   12 masks in 2 blocks of 6; a policy that picks one a step
 *   12 steps left    1                       there is time
 *    6 steps left    2: its pick, and the best of the others
 *    2 steps left    6: the whole block, because the other one needs a step, too
 * </pre>
 */
public final class Hurry {
  private int picked;
  private int rounds;

  /**
   * What is left of a request, this step included.
   *
   * @param steps there is time for, at least 1
   * @param masks of all blocks that are to be decoded
   * @param blocks that have any
   * @param leastSteps a block takes
   */
  public record Left(int steps, int masks, int blocks, int leastSteps) {
    public Left {
      if (steps < 1 || blocks < 1 || masks < blocks || leastSteps < 1) {
        throw new IllegalArgumentException(
            "nothing left: %d steps, %d masks, %d blocks".formatted(steps, masks, blocks));
      }
    }

    /** Whether so many tokens a step, or one, are enough. */
    boolean suffices(double pace) {
      return masks <= steps * Math.max(1, pace) && (long) blocks * leastSteps <= steps;
    }

    /** An even share of a block's masks for each step that it may take. */
    int quota(int blockMasks) {
      int forOthers = (blocks - 1) * leastSteps;
      int share = (int) ((long) steps * blockMasks / masks);
      return Math.ceilDiv(blockMasks, Math.max(1, Math.min(share, steps - forOthers)));
    }
  }

  /**
   * What goes in: the policy's picks, or more.
   *
   * @param picks of the policy, indices into the round's scores, rising
   * @return indices into the round's scores, rising
   */
  public int[] pick(Round round, int[] picks, Left left) {
    picked += picks.length;
    rounds++;
    if (left.suffices((double) picked / rounds)) {
      return picks;
    }
    int quota = left.quota(round.masks());
    return picks.length >= quota ? picks : filled(round, picks, quota);
  }

  private static int[] filled(Round round, int[] picks, int quota) {
    var taken = new BitSet();
    Arrays.stream(picks).forEach(taken::set);
    var ranking = new Ranking(round.scores());
    for (int rank = 0; rank < ranking.size() && taken.cardinality() < quota; rank++) {
      taken.set(ranking.at(rank));
    }
    return taken.stream().toArray();
  }
}
