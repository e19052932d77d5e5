package dev.unmask.client.load.search;

import dev.unmask.client.load.measure.Level;
import dev.unmask.contract.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Searches the highest rate at which a promise is kept: doubles the rate until it is broken, or
 * halves it until it is kept, then halves the interval between the two.
 *
 * @param first rate to try, in requests a second
 * @param least rate to try: at a lower one too few requests arrive to tell anything
 * @param promise what must be kept
 */
public record Saturation(double first, double least, Promise promise) {
  /** How near to each other the ends of the interval must come, relative to the lower. */
  private static final double PRECISION = 0.05;

  /**
   * A rate that was tried.
   *
   * @param broken why the promise was; empty when it was kept
   */
  public record Trial(double rate, List<String> broken) {
    public Trial {
      broken = List.copyOf(broken);
    }

    /** Whether the promise was kept. */
    public boolean kept() {
      return broken.isEmpty();
    }
  }

  /**
   * What a search found.
   *
   * @param kept highest rate below which nothing tried broke the promise; 0 when none kept it
   * @param broken lowest rate that broke it; 0 when none did
   * @param finished whether the two are as near as wanted, or no further rate may be tried
   * @param trials in the order they were made
   */
  public record Found(double kept, double broken, boolean finished, List<Trial> trials) {
    public Found {
      trials = List.copyOf(trials);
    }
  }

  /**
   * Searches.
   *
   * @param measure puts a rate on the server; the search ends when its level is not whole
   */
  public Found search(DoubleFunction<Level> measure) {
    var trials = new ArrayList<Trial>();
    double kept = 0;
    double broken = 0;
    double rate = first;
    while (!isOver(kept, broken)) {
      if (trials.size() == Limits.LOADS) {
        return new Found(kept, broken, false, trials);
      }
      var level = measure.apply(rate);
      if (!level.whole()) {
        return new Found(kept, broken, false, trials);
      }
      var trial = new Trial(rate, promise.broken(level));
      trials.add(trial);
      kept = trial.kept() ? rate : kept;
      broken = trial.kept() ? broken : rate;
      rate = next(kept, broken);
    }
    return new Found(kept, broken, true, trials);
  }

  private boolean isOver(double kept, double broken) {
    return kept == 0
        ? broken != 0 && broken <= least
        : kept >= Limits.LOAD_RATE || (broken != 0 && broken <= kept * (1 + PRECISION));
  }

  private double next(double kept, double broken) {
    if (broken == 0) {
      return Math.min(2 * kept, Limits.LOAD_RATE);
    }
    return kept == 0 ? Math.max(broken / 2, least) : (kept + broken) / 2;
  }
}
