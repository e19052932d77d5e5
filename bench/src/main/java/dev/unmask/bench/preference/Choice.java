package dev.unmask.bench.preference;

import dev.unmask.type.v1.Preference;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which of the methods that were measured a preference gets. */
final class Choice {
  /** The rule, in words. */
  static final String RULE =
      "of the methods with at most one (quality), three (balanced) or ten (latency) right answers"
          + " in a hundred questions fewer than the best one has, those whose median time is at most"
          + " a tenth above the least; of these the one with the fewest rows computed a request, of"
          + " equals that with the fewest steps, then the first";

  /** Smaller differences of time may be the machine's: within them, rows decide. */
  private static final double SAME_TIME = 1.1;

  private static final Comparator<Measured> FEWEST_ROWS_FIRST =
      Comparator.comparingDouble(Measured::rows).thenComparingDouble(Measured::steps);

  private Choice() {}

  /** What every preference gets of methods that answered the same questions, at least one. */
  static Map<Preference, Measured> of(List<Measured> methods) {
    var chosen = new EnumMap<Preference, Measured>(Preference.class);
    chosen.put(Preference.PREFERENCE_QUALITY, fastest(methods, 1));
    chosen.put(Preference.PREFERENCE_BALANCED, fastest(methods, 3));
    chosen.put(Preference.PREFERENCE_LATENCY, fastest(methods, 10));
    return chosen;
  }

  private static Measured fastest(Collection<Measured> methods, int lostInHundred) {
    int best = methods.stream().mapToInt(Measured::right).max().orElseThrow();
    var good =
        methods.stream()
            .filter(method -> 100 * (best - method.right()) <= lostInHundred * method.questions())
            .toList();
    double least = good.stream().mapToDouble(Measured::nanos).min().orElseThrow();
    return good.stream()
        .filter(method -> method.nanos() <= SAME_TIME * least)
        .min(FEWEST_ROWS_FIRST)
        .orElseThrow();
  }
}
