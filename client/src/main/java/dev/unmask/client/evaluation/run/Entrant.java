package dev.unmask.client.evaluation.run;

import dev.unmask.type.v1.DecodingSpec;
import java.util.List;
import java.util.Optional;

/**
 * A method that answers the questions of a contest.
 *
 * @param method its name
 * @param spec how it decodes
 * @param folder where its results are kept
 */
public record Entrant(String method, DecodingSpec spec, RunFolder folder) {
  /**
   * What became of an entrant.
   *
   * @param refusal why the server does not decode so; then there are no results
   * @param results those of the contest's questions there are so far, in the questions' order
   */
  public record Standing(Entrant entrant, Optional<String> refusal, List<Result> results) {
    public Standing {
      results = List.copyOf(results);
    }
  }
}
