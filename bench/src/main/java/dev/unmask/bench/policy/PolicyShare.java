package dev.unmask.bench.policy;

import dev.unmask.worker.method.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a step of each policy costs over its forward: both are timed within every request, so that a
 * machine whose speed drifts drifts under both. And what its probes (rollout, entropies,
 * divergences) cost over the same forwards without them, which take turns. Prints a Markdown table.
 *
 * <p>Arguments: folder of a shipped model, requests a policy, policies (default: all).
 */
public final class PolicyShare {
  private static final int WARM_UP = 5;

  private PolicyShare() {}

  /** Measures and prints. */
  public static void main(String[] arguments) {
    int requests = Integer.parseInt(arguments[1]);
    System.out.println(
        "| policy | steps | forward, ms a step | step over forward, median | worst |"
            + " forward over forward without probes, median |");
    System.out.println("|---|---|---|---|---|---|");
    try (var request = new Request(Path.of(arguments[0]))) {
      for (var policy : chosen(arguments)) {
        print(policy, request, requests);
      }
    }
  }

  private static List<Policies> chosen(String[] arguments) {
    return arguments.length == 2
        ? List.of(Policies.values())
        : Arrays.stream(arguments).skip(2).map(Policies::valueOf).toList();
  }

  private static void print(Policies policy, Request request, int requests) {
    var method = policy.method();
    IntStream.range(0, WARM_UP).forEach(_ -> request.decode(method));
    var costs = IntStream.range(0, requests).mapToObj(_ -> request.decode(method)).toList();
    var ratios = sorted(costs.stream().mapToDouble(Request.Cost::ratio));
    var forwards = sorted(costs.stream().mapToDouble(cost -> cost.forwards() / 1e6 / cost.steps()));
    System.out.printf(
        "| `%s` | %d | %.1f | %.3f | %.3f | %.3f |%n",
        policy,
        costs.getFirst().steps(),
        forwards[requests / 2],
        ratios[requests / 2],
        ratios[requests - 1],
        probes(method, request, requests));
  }

  private static double probes(Method method, Request request, int requests) {
    var asked = request.steps(method);
    var plain = Request.withoutProbes(asked);
    double[] ratios = new double[requests];
    for (int i = 0; i < requests; i++) {
      double with = seconds(() -> request.forwards(method, asked));
      ratios[i] = with / seconds(() -> request.forwards(method, plain));
    }
    return sorted(Arrays.stream(ratios))[requests / 2];
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double[] sorted(DoubleStream values) {
    return values.sorted().toArray();
  }
}
