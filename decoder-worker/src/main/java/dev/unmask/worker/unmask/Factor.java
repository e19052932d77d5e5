package dev.unmask.worker.unmask;

import dev.unmask.worker.scoring.Ranking;

/**
 * Commits as many of the best candidates as their joint confidence allows: the n-th best, with
 * confidence c, may go along while (n + 1)(1 - c) is below the factor. A smaller factor is more
 * careful.
 *
 * <pre>
 *   factor 1     scores .99 .90 .60 .20    (n+1)(1-c) = .02 .30 1.6 4.0    -> the best two
 * </pre>
 *
 * <p>Source: Fast-dLLM section 3.3, theorem 1; see {@link Edge} for where its implementations part.
 *
 * @param factor above 0
 * @param minTokens committed when fewer may go, at least 1
 * @param edge what happens at the ends of the run
 */
public record Factor(double factor, int minTokens, Edge edge) implements UnmaskPolicy {
  public Factor {
    if (!(factor > 0) || minTokens < 1) {
      throw new IllegalArgumentException("no factor policy: " + factor + ", " + minTokens);
    }
  }

  /** Commits at least one token a step, by the theorem. */
  public Factor(double factor) {
    this(factor, 1, Edge.THEOREM);
  }

  /** Where the published implementations differ. */
  public enum Edge {
    /** The longest run that satisfies the inequality. */
    THEOREM,
    /** Equality passes too, and when only the worst candidate fails it goes along (Fast-dLLM). */
    FAST_DLLM,
    /** When all pass, the worst candidate stays behind (d2Cache). */
    D2CACHE
  }

  /** The same policy with another edge. */
  public Factor with(Edge other) {
    return new Factor(factor, minTokens, other);
  }

  @Override
  public int[] pick(Round round) {
    var ranking = new Ranking(round.scores());
    int run = 0;
    while (run < ranking.size() && passes(run + 1, round.scores()[ranking.at(run)])) {
      run++;
    }
    int taken =
        switch (edge) {
          case THEOREM -> run;
          case FAST_DLLM -> run == ranking.size() - 1 ? run + 1 : run;
          case D2CACHE -> run == ranking.size() ? run - 1 : run;
        };
    return ranking.best(Math.max(taken, minTokens));
  }

  private boolean passes(int n, float confidence) {
    return switch (edge) {
      case THEOREM, D2CACHE -> (n + 1) * (1 - (double) confidence) < factor;
      case FAST_DLLM -> n == 1 || confidence >= 1 - factor / (n + 1);
    };
  }
}
