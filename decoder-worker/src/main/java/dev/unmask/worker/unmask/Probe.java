package dev.unmask.worker.unmask;

/** What a policy wants to know of each candidate beside its score. */
public sealed interface Probe {
  /** Nothing. */
  record None() implements Probe {}

  /** Entropy of the candidate's distribution, in nats. */
  record Entropy() implements Probe {}

  /**
   * How far the candidate's distribution moved: the Kullback-Leibler divergence of a step's from
   * that of the step before, in nats.
   *
   * @param history steps whose divergences are wanted
   */
  record Divergence(int history) implements Probe {}
}
