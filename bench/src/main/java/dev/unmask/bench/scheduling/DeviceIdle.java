package dev.unmask.bench.scheduling;

import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.scheduling.Budgets;
import dev.unmask.worker.serving.Arrival;
import dev.unmask.worker.serving.Assignment;
import dev.unmask.worker.serving.Generation;
import dev.unmask.worker.serving.Sharing;
import dev.unmask.worker.serving.Slots;
import dev.unmask.worker.serving.Station;
import dev.unmask.worker.serving.models.ModelFolder;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.serving.steps.DeviceUse;
import dev.unmask.worker.serving.steps.EngineThread;
import dev.unmask.worker.serving.steps.StepLoop;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Executors;

/**
 * How long a device waits between the forwards of requests that run at once, each of them one token
 * a step on a dual cache. Prints a row of a Markdown table for each round; the first warms up.
 *
 * <p>Arguments: folder of a model, device, requests at once, tokens of each prompt, tokens to
 * generate, rounds.
 */
public final class DeviceIdle {
  private static final int BLOCK = 32;
  private static final int WORDS = 2000;

  private DeviceIdle() {}

  /** Measures and prints. */
  public static void main(String[] arguments) {
    var settings = new EngineSettings(arguments[1], OptionalInt.empty());
    var budgets = arguments[1].equals("cpu") ? Budgets.ofCpu() : Budgets.ofGpu();
    System.out.println(
        "| requests | forwards | steps a forward | idle a forward, µs | idle share |");
    System.out.println("|---|---|---|---|---|");
    try (var thread = new EngineThread("engine")) {
      var model = thread.call(() -> new ModelFolder(Path.of(arguments[0])).load(settings));
      int requests = Integer.parseInt(arguments[2]);
      int prompt = Integer.parseInt(arguments[3]);
      int tokens = Integer.parseInt(arguments[4]);
      for (int round = 0; round < Integer.parseInt(arguments[5]); round++) {
        var loop = new StepLoop(thread, budgets, System::nanoTime);
        var station = new Station(new Slots(requests), loop, Sharing.none(), System::nanoTime);
        decode(assignment(model, prompt, tokens), station, requests);
        print(requests, loop.use());
      }
      thread.run(model.engine()::close);
      model.tokenizer().close();
    }
  }

  private static void decode(Assignment assignment, Station station, int requests) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < requests; i++) {
        var _ =
            threads.submit(() -> {
              new Generation(assignment, station, _ -> {}).run();
              return true;
            });
      }
    }
  }

  private static Assignment assignment(ServedModel model, int promptLength, int tokens) {
    var method =
        new Method(
            tokens,
            BLOCK,
            new FixedSchedule(new Pace.TokensPerStep(1)),
            new DualCache(),
            Scoring.GREEDY,
            Optional.empty(),
            EndOfSequenceRule.DECODE_ALL,
            Compatibility.UNMASK);
    int[] prompt = new Random(1).ints(promptLength, 0, WORDS).toArray();
    return new Assignment(
        "idle", model, "", method, prompt, List.of(), Arrival.unhurried(System.nanoTime()));
  }

  private static void print(int requests, DeviceUse use) {
    System.out.printf(
        "| %d | %d | %.1f | %.0f | %.4f |%n",
        requests,
        use.forwards(),
        use.stepsPerForward(),
        use.idleNanos() / 1e3 / use.forwards(),
        use.idleShare());
  }
}
