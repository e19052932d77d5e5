package dev.unmask.worker.unmask;

/**
 * Which masks become tokens after a step. Immutable, stateless and safe to share: what a policy
 * needs to know of earlier steps follows from the {@link Round}.
 */
public sealed interface UnmaskPolicy
    permits FixedSchedule,
        Threshold,
        Factor,
        EntropyBound,
        Klass,
        Wino,
        PcSampler,
        LeftToRight,
        Origin {
  /**
   * Picks candidates to commit.
   *
   * @return indices into the round's scores, rising; at least one unless the policy {@link #waits}
   */
  int[] pick(Round round);

  /** Whether this policy may pick nothing in a round, because its plan says so. */
  default boolean waits(Round round) {
    return false;
  }

  /** What it wants to know of candidates beside their scores. */
  default Probe probe() {
    return new Probe.None();
  }
}
