package dev.unmask.worker.drift;

import java.util.List;

/**
 * What is measured.
 *
 * @param questions of which a document has at least two, one after the other
 * @param shares of a prompt that are taken from another's forward, above 0 to 1, rising
 * @param generationLength masks that follow a prompt
 */
public record DriftPlan(List<DriftQuestion> questions, List<Double> shares, int generationLength) {
  /** A quarter, half and all of the prompt, as far as it is common. */
  public static final List<Double> SHARES = List.of(.25, .5, 1.);

  public DriftPlan {
    questions = List.copyOf(questions);
    if (shares.isEmpty() || !shares.stream().allMatch(share -> share > 0 && share <= 1)) {
      throw new IllegalArgumentException("shares must be above 0 to 1, were " + shares);
    }
    shares = shares.stream().distinct().sorted().toList();
  }
}
