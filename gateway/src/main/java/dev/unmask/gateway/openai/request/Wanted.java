package dev.unmask.gateway.openai.request;

import dev.unmask.generation.v1.GenerateRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a request wants, in whichever form it came.
 *
 * @param generate what to generate, once for every choice
 * @param length how long the generated part gets
 * @param suffix what the text must lead to; empty: nothing
 * @param choices how many answers, at least 1
 * @param deadline the call's
 * @param telling what of it is told, and how
 */
public record Wanted(
    GenerateRequest generate,
    Length length,
    String suffix,
    int choices,
    Optional<Duration> deadline,
    Telling telling) {

  /**
   * What of a generation is told.
   *
   * @param stream block by block, as server-sent events
   * @param usage whether a stream ends with what it took
   * @param canvas whether a stream has the canvas's events, too
   * @param logprobs whether choices have the logarithms of their tokens' confidences
   */
  public record Telling(boolean stream, boolean usage, boolean canvas, boolean logprobs) {}

  /** This with a suffix that is known as tokens: the canvas gets room for it. */
  public Wanted leadingTo(List<Integer> suffixTokens) {
    var request = generate.toBuilder();
    request.getGivenBuilder().getSuffixTokensBuilder().addAllIds(suffixTokens);
    request.getSpecBuilder().setGenerationLength(length.with(suffixTokens.size()));
    return new Wanted(request.build(), length, suffix, choices, deadline, telling);
  }

  /** The request of one choice: drawn with a seed of its own. */
  public GenerateRequest choice(int index, String name) {
    var request = generate.toBuilder().setRequestId(choices == 1 ? name : name + "-" + index);
    if (index > 0) {
      var sampling = request.getSpecBuilder().getSamplingBuilder();
      sampling.setSeed(sampling.getSeed() + index);
    }
    return request.build();
  }
}
