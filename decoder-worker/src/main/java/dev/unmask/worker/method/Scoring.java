package dev.unmask.worker.method;

import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.util.OptionalDouble;

/**
 * How a method chooses tokens and how sure it is of them.
 *
 * @param confidence what a score is made of
 * @param priorSigma width of the certainty prior in positions; empty: none
 * @param sampling how tokens are drawn
 * @param logitsEosInf whether the end-of-sequence token is never chosen (LLaDA generate.py)
 * @param confidenceEosEotInf whether end tokens get no confidence (LLaDA generate.py)
 */
public record Scoring(
    Confidence confidence,
    OptionalDouble priorSigma,
    Sampling sampling,
    boolean logitsEosInf,
    boolean confidenceEosEotInf) {
  /** The most probable token, by its probability. */
  public static final Scoring GREEDY = of(Confidence.MAX_PROBABILITY, Sampling.GREEDY);

  /** Without a prior, end tokens as all others. */
  public static Scoring of(Confidence confidence, Sampling sampling) {
    return new Scoring(confidence, OptionalDouble.empty(), sampling, false, false);
  }

  /** The same with a certainty prior. */
  public Scoring with(OptionalDouble sigma) {
    return new Scoring(confidence, sigma, sampling, logitsEosInf, confidenceEosEotInf);
  }
}
