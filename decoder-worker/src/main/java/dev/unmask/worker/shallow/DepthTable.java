package dev.unmask.worker.shallow;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The layers below which a prefix's states may come from another request, by how much of the prompt
 * is shared: measured for one model.
 *
 * @param bounds by rising share
 */
public record DepthTable(List<Bound> bounds) {
  /** Nothing was measured: nothing may be shared. */
  public static final DepthTable NONE = new DepthTable(List.of());

  /**
   * What holds up to a share.
   *
   * @param share of the prompt that is shared, above 0 to 1
   * @param depth layers that may be; 0: none
   */
  public record Bound(double share, int depth) {
    public Bound {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("share must be above 0 to 1, not " + share);
      }
      if (depth < 0) {
        throw new IllegalArgumentException("depth must be at least 0, not " + depth);
      }
    }
  }

  public DepthTable {
    bounds = bounds.stream().sorted(Comparator.comparingDouble(Bound::share)).toList();
  }

  /**
   * Layers that may be shared: those of the least share measured that is no less than a request's.
   *
   * @param prefix positions that are shared
   * @param prompt positions of the prompt
   * @return 0 if none, or if so large a share was never measured
   */
  public int depth(int prefix, int prompt) {
    double share = (double) prefix / prompt;
    Optional<Bound> bound = bounds.stream().filter(b -> b.share() >= share).findFirst();
    return bound.map(Bound::depth).orElse(0);
  }

  /** Whether any share may be shared at any depth. */
  public boolean allows() {
    return bounds.stream().anyMatch(bound -> bound.depth() > 0);
  }
}
