package dev.unmask.client.evaluation.run;

import dev.unmask.client.evaluation.result.Result;
import dev.unmask.client.evaluation.result.RunFolder;
import dev.unmask.client.evaluation.task.Item;
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

    /** Where entrants stand on some questions, nobody being refused. */
    public static List<Standing> of(List<Entrant> entrants, List<Item> items) {
      return entrants.stream().map(entrant -> of(entrant, items, Optional.empty())).toList();
    }

    static Standing of(Entrant entrant, List<Item> items, Optional<String> refusal) {
      var results =
          items.stream().map(item -> entrant.folder().result(item.id())).flatMap(Optional::stream);
      return new Standing(entrant, refusal, results.toList());
    }
  }
}
