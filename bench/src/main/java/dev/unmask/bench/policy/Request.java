package dev.unmask.bench.policy;

import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.rows.Wanted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** One request to a shipped model: a random prompt, decoded to the end. */
final class Request implements AutoCloseable {
  private static final int PROMPT = 448;
  private static final int WORDS = 2000;
  private static final long SEED = 20261122;

  private final TorchEngine engine;
  private final int[] prompt = new Random(SEED).ints(PROMPT, 0, WORDS).toArray();

  Request(Path folder) {
    try (var checkpoint = Checkpoint.open(folder)) {
      engine = TorchEngine.load(checkpoint, new EngineSettings("cpu", OptionalInt.of(1)));
    }
  }

  /** Decodes with a method and tells how long forwards and all of it took. */
  Cost decode(Method method) {
    var timed = new Timed();
    long start = System.nanoTime();
    try (var state = engine.open(PROMPT, method)) {
      var decoding = new Decoding(engine.traits(), method, prompt);
      while (!decoding.done()) {
        decoding.advance(timed.by(state));
      }
      return new Cost(timed.nanos, System.nanoTime() - start, decoding.steps());
    }
  }

  /** The steps of a request, to be made again without a policy. */
  List<Step> steps(Method method) {
    var steps = new ArrayList<Step>();
    try (var state = engine.open(PROMPT, method)) {
      var decoding = new Decoding(engine.traits(), method, prompt);
      while (!decoding.done()) {
        steps.add(decoding.next());
        decoding.advance(state);
      }
    }
    return steps;
  }

  /** The same steps without what a policy asks to know beside tokens and confidences. */
  static List<Step> withoutProbes(List<Step> steps) {
    return steps.stream()
        .map(step ->
            new Step(
                step.number(),
                step.rows(),
                step.tokens(),
                step.mechanism() instanceof Mechanism.Overwrite
                    ? new Mechanism.Overwrite(false)
                    : step.mechanism(),
                step.scored(),
                step.verified(),
                Wanted.of(step.wanted().confidence(), step.wanted().sampling()),
                step.unconditional()))
        .toList();
  }

  /** Makes steps that are known, on a fresh state. */
  int forwards(Method method, List<Step> steps) {
    try (var state = engine.open(PROMPT, method)) {
      return steps.stream().mapToInt(step -> state.step(step).tokens().length).sum();
    }
  }

  /**
   * What a request took.
   *
   * @param forwards nanoseconds in the model
   * @param all nanoseconds altogether
   * @param steps made
   */
  record Cost(long forwards, long all, int steps) {
    double ratio() {
      return (double) all / forwards;
    }
  }

  /** Adds up the time a denoiser takes. */
  private static final class Timed {
    private long nanos;

    Denoiser by(Denoiser denoiser) {
      return step -> {
        long start = System.nanoTime();
        Predictions predictions = denoiser.step(step);
        nanos += System.nanoTime() - start;
        return predictions;
      };
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
