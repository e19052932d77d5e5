package dev.unmask.bench.cpu;

import com.sun.management.OperatingSystemMXBean;
import dev.unmask.worker.engine.program.WeightType;
import dev.unmask.worker.serving.steps.EngineThread;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What a worker's network side and the gateway add to a request: decoded without either, asked of a
 * worker, and asked of the gateway before it, in turn. Wall time is what a client waits; processor
 * time, of the whole process, suffers less from others on the machine. The first round warms up.
 *
 * <p>Arguments: folder of a model, threads, tokens, rounds.
 */
public final class ServiceShare {
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Milliseconds of a request. */
  private record Cost(double wall, double processor) {}

  /** Costs of the three ways in one round. */
  private record Round(Cost bare, Cost worker, Cost gateway) {}

  private ServiceShare() {}

  /** Measures and prints. */
  public static void main(String[] arguments) {
    var folder = Path.of(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    int tokens = Integer.parseInt(arguments[2]);
    try (var thread = new EngineThread("engine");
        var bare = new Serving(thread, folder, WeightType.FLOAT32, threads);
        var served = Served.start(folder, threads)) {
      new ServiceShare().measure(bare, served, tokens, Integer.parseInt(arguments[3]));
    }
  }

  private void measure(Serving bare, Served served, int tokens, int count) {
    var rounds = new ArrayList<Round>();
    int[] prompt = Serving.prompt(1);
    for (int i = 0; i <= count; i++) {
      rounds.add(
          new Round(
              cost(() -> bare.run(Measured.DUAL_32, tokens, 1)),
              cost(() -> served.askWorker(prompt, tokens)),
              cost(() -> served.askGateway(prompt, tokens))));
    }
    print(rounds.subList(1, rounds.size()));
  }

  private Cost cost(Runnable request) {
    long wall = System.nanoTime();
    long processor = system.getProcessCpuTime();
    request.run();
    return new Cost(
        (System.nanoTime() - wall) / 1e6, (system.getProcessCpuTime() - processor) / 1e6);
  }

  private static void print(List<Round> rounds) {
    System.out.println("| | wall, ms | of bare | processor, ms | of bare |");
    System.out.println("|---|---|---|---|---|");
    row("bare", rounds, Round::bare);
    row("worker", rounds, Round::worker);
    row("gateway", rounds, Round::gateway);
  }

  private static void row(String name, List<Round> rounds, Function<Round, Cost> way) {
    System.out.printf(
        "| %s | %s | %s | %s | %s |%n",
        name,
        of(rounds, round -> way.apply(round).wall()).text("%.0f"),
        of(rounds, round -> way.apply(round).wall() / round.bare().wall()).text("%.3f"),
        of(rounds, round -> way.apply(round).processor()).text("%.0f"),
        of(rounds, round -> way.apply(round).processor() / round.bare().processor()).text("%.3f"));
  }

  private static Quartiles of(List<Round> rounds, ToDoubleFunction<Round> number) {
    return Quartiles.of(rounds.stream().map(number::applyAsDouble).toList());
  }
}
