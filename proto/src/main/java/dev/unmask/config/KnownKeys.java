package dev.unmask.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * The settings a service knows.
 *
 * @param patterns regular expressions of whole keys, e.g. {@code unmask\.gateway\.workers}
 * @param names the same keys as a person writes them, to suggest
 */
public record KnownKeys(Set<String> patterns, Set<String> names) {
  private static final Setting SERVICE = new Setting("unmask.service", "", "", "", "");

  public KnownKeys {
    patterns = Set.copyOf(patterns);
    names = Set.copyOf(names);
  }

  /** The keys of a service's settings, and the one by which its own file says which it is. */
  public static KnownKeys of(List<Setting> settings) {
    var all = Stream.concat(Stream.of(SERVICE), settings.stream()).toList();
    return new KnownKeys(
        all.stream().map(Setting::pattern).collect(Collectors.toSet()),
        all.stream().map(Setting::name).collect(Collectors.toSet()));
  }

  /**
   * Refuses keys nobody knows.
   *
   * @throws IllegalArgumentException naming the first unknown key and the nearest known one
   */
  public void check(Collection<String> given) {
    given.stream()
        .filter(key -> patterns.stream().noneMatch(key::matches))
        .sorted()
        .findFirst()
        .ifPresent(key -> {
          throw new IllegalArgumentException(
              "unknown setting " + key + "; did you mean " + nearest(key) + "?");
        });
  }

  private String nearest(String key) {
    var distance = LevenshteinDistance.getDefaultInstance();
    return names.stream()
        .min(Comparator.comparingInt(name -> distance.apply(key, name)))
        .orElseThrow();
  }
}
