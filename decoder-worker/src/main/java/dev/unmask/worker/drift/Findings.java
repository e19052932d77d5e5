package dev.unmask.worker.drift;

import dev.unmask.type.v1.Model;
import dev.unmask.worker.shallow.DepthTable;
import java.util.List;

/**
 * What a study found.
 *
 * @param model that was measured
 * @param generationLength masks that followed each prompt
 * @param trials by share, then by depth
 * @param documents of the greatest share, by document, then by depth
 * @param drift by layer, over all that prompts had in common
 */
public record Findings(
    Model model,
    int generationLength,
    List<Finding> trials,
    List<List<Finding>> documents,
    List<LayerDrift> drift) {
  /** Most that sharing may cost, as a share of the questions. */
  static final double COST = .01;

  /** Rounding of the comparison. */
  private static final double SLACK = 1e-9;

  public Findings {
    trials = List.copyOf(trials);
    documents = List.copyOf(documents);
    drift = List.copyOf(drift);
  }

  /** Layers of the model. */
  int layers() {
    return drift.size();
  }

  /**
   * The table that follows: of each share the greatest depth, below all layers, up to which no
   * depth loses more than one question in a hundred against no sharing.
   */
  public DepthTable table() {
    return new DepthTable(
        shares().stream().map(share -> new DepthTable.Bound(share, depth(share))).toList());
  }

  List<Double> shares() {
    return trials.stream().map(Finding::share).distinct().toList();
  }

  Finding at(double share, int depth) {
    return trials.stream()
        .filter(found -> found.share() == share && found.depth() == depth)
        .findFirst()
        .orElseThrow();
  }

  private int depth(double share) {
    double alone = at(share, 0).accuracy();
    int depth = 0;
    while (depth + 1 < layers()
        && at(share, depth + 1).questions() > 0
        && at(share, depth + 1).accuracy() >= alone - COST - SLACK) {
      depth++;
    }
    return depth;
  }
}
