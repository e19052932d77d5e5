package dev.unmask.bench.simulation;

import java.util.List;

/**
 * What came of a seed.
 *
 * @param seed of the run
 * @param broken what happened that must not; empty: all is well
 * @param digest of all that happened
 * @param counts of it
 */
public record Verdict(long seed, List<String> broken, long digest, Counts counts) {
  public Verdict {
    broken = List.copyOf(broken);
  }

  /**
   * How much happened.
   *
   * @param events altogether
   * @param requests asked
   * @param answers that came whole
   * @param reopened requests that went on elsewhere
   * @param pagesHit pages that came from cache-services
   */
  public record Counts(long events, long requests, long answers, long reopened, long pagesHit) {
    /** Nothing. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    /** The sums. */
    public Counts plus(Counts more) {
      return new Counts(
          events + more.events,
          requests + more.requests,
          answers + more.answers,
          reopened + more.reopened,
          pagesHit + more.pagesHit);
    }
  }
}
