package dev.unmask.worker.rows;

import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.Probe;

/**
 * What a step is to tell of its scored rows.
 *
 * @param confidence never RANDOM, which needs no model
 * @param probe told beside it
 * @param sampling how to draw tokens
 * @param barred tokens that count for nothing: logits of minus infinity
 * @param doubted tokens that may be chosen, but whose probability counts as 0 in a confidence
 */
public record Wanted(
    Confidence confidence, Probe probe, Sampling sampling, int[] barred, int[] doubted) {
  private static final int[] NONE = {};

  /** Tokens and confidences alone. */
  public static Wanted of(Confidence confidence, Sampling sampling) {
    return new Wanted(confidence, new Probe.None(), sampling, NONE, NONE);
  }
}
