package dev.unmask.bench.cpu;

import dev.unmask.worker.engine.program.WeightType;
import dev.unmask.worker.serving.steps.EngineThread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens a second of one request and of eight at once on a CPU, for each type of weights, as a
 * worker serves them, beside a plain PyTorch loop of the same forwards. All take turns, so that a
 * machine whose speed drifts drifts under all; the first round warms up. A ratio is of two
 * neighbours of a round. Prints a Markdown table: medians, and quartiles in brackets.
 *
 * <p>Arguments: folder of a model, method, threads, tokens, rounds, and, to measure the loop, an
 * interpreter that has torch.
 */
public final class Throughput {
  private static final int MANY = 8;

  private final Measured method;
  private final int tokens;
  private final Optional<PeerLoop> peer;
  private final Map<WeightType, Samples> samples = new EnumMap<>(WeightType.class);
  private final List<Double> plain = new ArrayList<>();
  private int different;

  /** Of one type of weights, a number a round. */
  private static final class Samples {
    private final List<Double> one = new ArrayList<>();
    private final List<Double> many = new ArrayList<>();
    private final List<Double> gain = new ArrayList<>();
    private final List<Double> overPlain = new ArrayList<>();
    private final List<Double> idleOne = new ArrayList<>();
    private final List<Double> idleMany = new ArrayList<>();
  }

  private Throughput(Measured method, int tokens, Optional<PeerLoop> peer) {
    this.method = method;
    this.tokens = tokens;
    this.peer = peer.filter(_ -> method.isPlain());
    for (var weights : WeightType.values()) {
      samples.put(weights, new Samples());
    }
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]);
    int threads = Integer.parseInt(arguments[2]);
    var peer =
        arguments.length < 6
            ? Optional.<PeerLoop>empty()
            : Optional.of(
                new PeerLoop(arguments[5], Path.of("bench/peers/cpu_loop.py"), folder, threads));
    var run = new Throughput(Measured.valueOf(arguments[1]), Integer.parseInt(arguments[3]), peer);
    try (var thread = new EngineThread("engine")) {
      var servings = new EnumMap<WeightType, Serving>(WeightType.class);
      for (var weights : WeightType.values()) {
        servings.put(weights, new Serving(thread, folder, weights, threads));
      }
      run.rounds(servings, Integer.parseInt(arguments[4]));
      run.print(threads);
      servings.values().forEach(Serving::close);
    }
  }

  private void rounds(Map<WeightType, Serving> servings, int rounds) throws IOException {
    for (int round = 0; round <= rounds; round++) {
      round(servings, round > 0);
    }
  }

  private void round(Map<WeightType, Serving> servings, boolean counts) throws IOException {
    for (var weights : WeightType.values()) {
      var one = servings.get(weights).run(method, tokens, 1);
      var loop = loop();
      var many = servings.get(weights).run(method, tokens, MANY);
      if (!counts) {
        continue;
      }
      var found = samples.get(weights);
      found.one.add(one.tokensPerSecond());
      found.many.add(many.tokensPerSecond());
      found.gain.add(many.tokensPerSecond() / one.tokensPerSecond());
      found.idleOne.add(one.use().idleShare());
      found.idleMany.add(many.use().idleShare());
      loop.ifPresent(other -> {
        plain.add(other.tokensPerSecond());
        found.overPlain.add(one.tokensPerSecond() / other.tokensPerSecond());
        boolean same = other.tokens().equals(one.tokens());
        different += weights == WeightType.FLOAT32 && !same ? 1 : 0;
      });
    }
  }

  private Optional<PeerLoop.Run> loop() throws IOException {
    return peer.isEmpty()
        ? Optional.empty()
        : Optional.of(peer.get().run(Serving.prompt(1), tokens, method.block(tokens)));
  }

  private void print(int threads) {
    System.out.println(
        "| method | threads | weights | one, tokens/s | eight, tokens/s | eight / one | one / plain loop"
            + " | idle at one, % | idle at eight, % |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    samples.forEach((weights, found) ->
        System.out.printf(
            "| %s | %d | %s | %s | %s | %s | %s | %s | %s |%n",
            method,
            threads,
            weights.word(),
            Quartiles.of(found.one).text("%.1f"),
            Quartiles.of(found.many).text("%.1f"),
            Quartiles.of(found.gain).text("%.2f"),
            found.overPlain.isEmpty() ? "-" : Quartiles.of(found.overPlain).text("%.2f"),
            percent(found.idleOne),
            percent(found.idleMany)));
    if (peer.isPresent()) {
      System.out.printf(
          "| %s | %d | plain loop | %s | - | - | 1 | - | - |%n",
          method, threads, Quartiles.of(plain).text("%.1f"));
      System.out.printf("Rounds in which float32 gave other tokens than the loop: %d%n", different);
    }
  }

  private static String percent(List<Double> shares) {
    return Quartiles.of(shares.stream().map(share -> 100 * share).toList()).text("%.1f");
  }
}
