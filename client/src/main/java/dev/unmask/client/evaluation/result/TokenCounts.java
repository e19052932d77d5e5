package dev.unmask.client.evaluation.result;

import java.util.List;

/**
 * How many tokens an answer has, by the three definitions that published speeds use.
 *
 * @param beforeFirstEos decoded positions left of the first end-of-sequence token (d2Cache, except
 *     that it counts an answer which begins with that token as full)
 * @param nonEos decoded positions that hold another token (Fast-dLLM)
 * @param all decoded positions (Sparse-dLLM)
 */
public record TokenCounts(int beforeFirstEos, int nonEos, int all) {
  /** Counts. */
  public static TokenCounts of(List<Integer> tokens, int endOfSequence) {
    int end = tokens.indexOf(endOfSequence);
    int all = known(tokens);
    int before = known(end < 0 ? tokens : tokens.subList(0, end));
    int other = (int) tokens.stream().filter(t -> t != Trace.MASK && t != endOfSequence).count();
    return new TokenCounts(before, other, all);
  }

  private static int known(List<Integer> tokens) {
    return (int) tokens.stream().filter(token -> token != Trace.MASK).count();
  }
}
