package dev.unmask.worker.scoring;

/** What "sure of a token" means; higher is surer. */
public enum Confidence {
  /** Probability of the chosen token (LLaDA "low_confidence", Dream "maskgit_plus"). */
  MAX_PROBABILITY,
  /** Best probability minus the second best (Dream "topk_margin"). */
  MARGIN,
  /** Sum of p ln(p + 1e-10), at most 0 (Dream "entropy"). */
  NEGATIVE_ENTROPY,
  /** A number drawn evenly from [0, 1), whatever the distribution (LLaDA "random"). */
  RANDOM
}
