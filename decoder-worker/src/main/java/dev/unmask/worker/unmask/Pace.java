package dev.unmask.worker.unmask;

/** How a {@link FixedSchedule} says how many tokens a step commits. */
public sealed interface Pace {
  /** Tokens this step commits; at most the candidates are left of it. */
  int tokens(Round round);

  /**
   * Steps over all blocks, each block getting an even share of steps, each step an even share of
   * the block's masks, the remainder one each to the first steps. Source: LLaDA generate.py.
   *
   * @param steps a multiple of the blocks
   * @param ofLength whether the shares are of the block's length, even where it has fewer masks
   *     because it begins with the prompt's end (SDAR)
   */
  record Steps(int steps, boolean ofLength) implements Pace {
    public Steps {
      requirePositive(steps);
    }

    /** Shares of the block's masks. */
    public Steps(int steps) {
      this(steps, false);
    }

    @Override
    public int tokens(Round round) {
      int length = round.layout().blockLength();
      int stepsOfBlock = steps / round.layout().blocks();
      if (ofLength) {
        return length / stepsOfBlock + (round.step() < length % stepsOfBlock ? 1 : 0);
      }
      // Spreading what is left over the steps left gives the same plan as quotient and remainder,
      // and a sensible one when an end of sequence shrinks the masks.
      int left = Math.max(1, stepsOfBlock - round.step());
      return Math.ceilDiv(round.masks(), left);
    }
  }

  /**
   * The same number every step. Source: d2Cache num_transfer_tokens.
   *
   * @param count tokens a step
   */
  record TokensPerStep(int count) implements Pace {
    public TokensPerStep {
      requirePositive(count);
    }

    @Override
    public int tokens(Round round) {
      return count;
    }
  }

  /**
   * Diffusion time runs linearly from 1 to epsilon over the steps of a block; a step from t to s
   * commits the share 1 - s/t of the masks, rounded down, and the last step all. In fp32 as the
   * original, whose rounding makes the first count 0 at one token a step. Source: Dream
   * diffusion_generate.
   *
   * @param steps over all blocks, a multiple of them
   * @param epsilon where time ends, in (0, 1)
   */
  record TimeSchedule(int steps, double epsilon) implements Pace {
    public TimeSchedule {
      requirePositive(steps);
      if (!(epsilon > 0 && epsilon < 1)) {
        throw new IllegalArgumentException("epsilon must be in (0, 1): " + epsilon);
      }
    }

    @Override
    public int tokens(Round round) {
      return last(round) ? round.masks() : (int) (round.masks() * share(round));
    }

    /** Whether a round is the plan's last of its block, which commits all. */
    boolean last(Round round) {
      return round.step() >= stepsOfBlock(round) - 1;
    }

    /** Share of the masks that a round commits. */
    float share(Round round) {
      int count = stepsOfBlock(round);
      return 1 - time(round.step() + 1, count) / time(round.step(), count);
    }

    private int stepsOfBlock(Round round) {
      return steps / round.layout().blocks();
    }

    /** Point i of torch.linspace(1, epsilon, stepsOfBlock + 1), counted from the nearer end. */
    private float time(int i, int stepsOfBlock) {
      float end = (float) epsilon;
      float distance = (end - 1f) / stepsOfBlock;
      return i < (stepsOfBlock + 1) / 2 ? 1f + distance * i : end - distance * (stepsOfBlock - i);
    }
  }

  private static void requirePositive(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("a pace needs at least one: " + value);
    }
  }
}
