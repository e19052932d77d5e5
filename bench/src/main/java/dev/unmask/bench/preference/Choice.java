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
          + " in a hundred questions fewer than the best one has, that with the fewest rows"
          + " computed a request; of equals that with the fewest steps, then the first";

  private static final Comparator<Measured> FASTEST_FIRST =
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
    return methods.stream()
        .filter(
            method -> 100L * (best - method.right()) <= (long) lostInHundred * method.questions())
        .min(FASTEST_FIRST)
        .orElseThrow();
  }
}
