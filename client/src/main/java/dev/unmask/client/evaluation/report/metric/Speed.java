package dev.unmask.client.evaluation.report.metric;

import dev.unmask.client.evaluation.result.Result.Answered;
import dev.unmask.client.evaluation.result.TokenCounts;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Tokens in a second, by the three definitions of {@link TokenCounts}. Sums are divided, not ratios
 * averaged: a short answer must not weigh as much as a long one.
 */
public record Speed(double beforeFirstEos, double nonEos, double all) {
  private static final double MILLIS = 1000;

  /**
   * Tokens of answers over some time.
   *
   * @param milliseconds that they took together
   */
  static Speed of(List<Answered> answers, double milliseconds) {
    return new Speed(
        rate(answers, TokenCounts::beforeFirstEos, milliseconds),
        rate(answers, TokenCounts::nonEos, milliseconds),
        rate(answers, TokenCounts::all, milliseconds));
  }

  private static double rate(
      List<Answered> answers, ToIntFunction<TokenCounts> tokens, double milliseconds) {
    long sum = answers.stream().mapToLong(a -> tokens.applyAsInt(a.counts())).sum();
    return milliseconds > 0 ? sum * MILLIS / milliseconds : 0;
  }
}
