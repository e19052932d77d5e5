package dev.unmask.bench.eviction;

import dev.unmask.cache.eviction.Eviction;
import dev.unmask.cache.eviction.PolicyName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hit rates of all policies on all traces, beside those of a store that knows the future. Prints
 * Markdown tables.
 *
 * <p>Arguments: files of recorded traces, one {@code state bytes cost namespace} a line, gzipped or
 * not (default: the made up traces only).
 */
public final class EvictionStudy {
  private static final double[] SHARES = {0.02, 0.05, 0.1, 0.2};

  private EvictionStudy() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException {
    var traces = new ArrayList<>(Traces.all());
    for (var file : arguments) {
      traces.add(Trace.read(Path.of(file)));
    }
    traces.forEach(EvictionStudy::print);
  }

  private static void print(Trace trace) {
    System.out.printf("%n### %s%n%n", trace.name());
    System.out.printf(
        "%d requests, %.1f GiB of states.%n%n",
        trace.accesses().size(), trace.footprint() / (double) (1L << 30));
    System.out.println(
        "| policy | " + String.join(" | ", capacities()) + " |\n|---" + "|---".repeat(4) + "|");
    for (var name : PolicyName.values()) {
      System.out.println(row(name.text(), rates(trace, name)));
    }
    System.out.println(
        row(
            "knows the future",
            Arrays.stream(SHARES)
                .mapToObj(share -> new Belady(trace, capacity(trace, share)).run())
                .toList()));
  }

  private static List<HitRate> rates(Trace trace, PolicyName name) {
    // A lifetime longer than any trace: what is left of TTL is first in, first out.
    var eviction = new Eviction(name, Duration.ofDays(365), System::nanoTime);
    return Arrays.stream(SHARES)
        .mapToLong(share -> capacity(trace, share))
        .mapToObj(bytes -> new Replay(eviction.open(bytes), bytes).run(trace))
        .toList();
  }

  private static String row(String name, List<HitRate> rates) {
    var cells =
        rates.stream()
            .map(rate ->
                "%.1f · %.1f · %.1f"
                    .formatted(100 * rate.states(), 100 * rate.bytes(), 100 * rate.cost()))
            .toList();
    return "| `" + name + "` | " + String.join(" | ", cells) + " |";
  }

  private static List<String> capacities() {
    return Arrays.stream(SHARES).mapToObj(share -> "%.0f %%".formatted(100 * share)).toList();
  }

  private static long capacity(Trace trace, double share) {
    return (long) (share * trace.footprint());
  }
}
