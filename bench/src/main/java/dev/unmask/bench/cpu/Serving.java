package dev.unmask.bench.cpu;

import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.program.WeightType;
import dev.unmask.worker.scheduling.Budgets;
import dev.unmask.worker.serving.Arrival;
import dev.unmask.worker.serving.Assignment;
import dev.unmask.worker.serving.Event;
import dev.unmask.worker.serving.Generation;
import dev.unmask.worker.serving.Sharing;
import dev.unmask.worker.serving.Slots;
import dev.unmask.worker.serving.Station;
import dev.unmask.worker.serving.models.ModelFolder;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.serving.steps.DeviceUse;
import dev.unmask.worker.serving.steps.EngineThread;
import dev.unmask.worker.serving.steps.StepLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A model on a CPU, served as a worker serves it, without the network. */
final class Serving implements AutoCloseable {
  private static final int PROMPT = 450;
  private static final int WORDS = 2000;
  private static final long KV_BYTES = 128L << 20;

  private final EngineThread thread;
  private final ServedModel model;

  /**
   * What one run took.
   *
   * @param tokensPerSecond of all requests together
   * @param use of the engine
   * @param tokens that the first request generated
   */
  record Run(double tokensPerSecond, DeviceUse use, List<Integer> tokens) {}

  /**
   * Loads a model.
   *
   * @param thread shared by all, as in a worker: torch gives each calling thread threads of its
   *     own, and they spin less once there are more of them than cores
   */
  Serving(EngineThread thread, Path folder, WeightType weights, int threads) {
    this.thread = thread;
    var settings =
        new EngineSettings(
            "cpu",
            OptionalInt.of(threads),
            OptionalLong.of(KV_BYTES),
            OptionalLong.empty(),
            Optional.of(weights));
    model = thread.call(() -> new ModelFolder(folder).load(settings));
  }

  /** The prompt of a request: any words. */
  static int[] prompt(int request) {
    return new Random(request).ints(PROMPT, 0, WORDS).toArray();
  }

  /** Decodes requests with prompts of their own, all at once. */
  Run run(Measured method, int tokens, int requests) {
    var loop = new StepLoop(thread, Budgets.ofCpu(), System::nanoTime);
    var station = new Station(new Slots(requests), loop, Sharing.none(), System::nanoTime);
    long start = System.nanoTime();
    var answers = new ArrayList<Future<List<Integer>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < requests; i++) {
        var assignment = assignment(method, tokens, prompt(i + 1));
        answers.add(threads.submit(() -> decode(assignment, station)));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    var first = answers.stream().map(Future::resultNow).toList().getFirst();
    return new Run(requests * tokens / seconds, loop.use(), first);
  }

  private static List<Integer> decode(Assignment assignment, Station station)
      throws InterruptedException {
    int begin = assignment.prompt().length;
    var tokens = new Integer[assignment.method().generationLength()];
    new Generation(
            assignment,
            station,
            event -> {
              if (event instanceof Event.Stepped(var outcome)) {
                outcome
                    .commits()
                    .forEach(commit -> tokens[commit.position() - begin] = commit.token());
              }
            })
        .run();
    return List.of(tokens);
  }

  private Assignment assignment(Measured method, int tokens, int[] prompt) {
    return new Assignment(
        "throughput",
        model,
        "",
        method.of(tokens),
        prompt,
        List.of(),
        Arrival.unhurried(System.nanoTime()));
  }

  @Override
  public void close() {
    thread.run(model.engine()::close);
    model.tokenizer().close();
  }
}
