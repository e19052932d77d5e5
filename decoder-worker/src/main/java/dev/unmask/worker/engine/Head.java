package dev.unmask.worker.engine;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.engine.program.ProgramCall;
import dev.unmask.worker.engine.program.TorchProgram;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.Probe;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What hidden states predict for one request, with the distributions of the step before where they
 * are compared. For the engine's thread only.
 */
final class Head implements AutoCloseable {
  private static final int[] NONE = {};

  private final TorchProgram program;
  private final CanvasSize size;
  private final int shift;
  private Optional<IValue> past = Optional.empty();

  /**
   * For one request.
   *
   * @param shift of predictions: row i speaks for position i + this
   */
  Head(TorchProgram program, CanvasSize size, int shift) {
    this.program = program;
    this.size = size;
    this.shift = shift;
  }

  /** What a step adds to the logits of hidden states. */
  record Push(IValue difference, double scale) {}

  /**
   * Tokens, confidences and what is probed.
   *
   * @param scored indices into the hidden states of the step's scored rows
   * @param push of guidance, if there is one; its rows are those of the hidden states
   */
  Predictions predict(Step step, IValue hidden, int[] scored, Optional<Push> push) {
    if (scored.length == 0) {
      return Predictions.of(NONE, new float[0], 0);
    }
    try (var none = program.open("open_state", 0);
        var call = program.call(push.isPresent() ? "predict_guided" : "predict")) {
      call.value(hidden);
      push.ifPresent(p -> call.value(p.difference()).number(p.scale()));
      call.vector(scored).vector(step.scored());
      ask(call, step);
      boolean compares = step.wanted().probe() instanceof Probe.Divergence;
      call.value(compares ? past() : none).vector(places(step));
      var answer = call.tensors();
      int[] tokens =
          Arrays.stream(answer.get(0).toLongArray()).mapToInt(Math::toIntExact).toArray();
      return new Predictions(
          tokens,
          answer.get(1).toFloatArray(),
          answer.get(2).toFloatArray(),
          new float[0],
          new float[0],
          0);
    }
  }

  private static void ask(ProgramCall call, Step step) {
    var wanted = step.wanted();
    var sampling = wanted.sampling();
    call.numbers(sampling.temperature(), sampling.topP());
    call.numbers(
        sampling.topK(),
        sampling.seed(),
        step.number(),
        number(wanted.confidence()),
        number(wanted.probe()));
    call.numbers(Arrays.stream(wanted.barred()).asLongStream().toArray());
    call.numbers(Arrays.stream(wanted.doubted()).asLongStream().toArray());
  }

  private static long number(Confidence confidence) {
    return switch (confidence) {
      case MAX_PROBABILITY -> 0;
      case MARGIN -> 1;
      case NEGATIVE_ENTROPY -> 2;
      case RANDOM -> throw new IllegalArgumentException("a random confidence needs no model");
    };
  }

  private static long number(Probe probe) {
    return switch (probe) {
      case Probe.None _ -> 0;
      case Probe.Entropy _ -> 1;
      case Probe.Divergence _ -> 2;
    };
  }

  /** Generated positions, from 0, the scored rows speak for. */
  private int[] places(Step step) {
    return IntStream.of(step.scored()).map(row -> row + shift - size.prompt()).toArray();
  }

  private IValue past() {
    if (past.isEmpty()) {
      past = Optional.of(program.open("open_past", size.generation()));
    }
    return past.orElseThrow();
  }

  /** Probabilities of tokens in rows of hidden states. */
  float[] verify(IValue hidden, int[] rows, int[] tokens) {
    if (rows.length == 0) {
      return new float[0];
    }
    try (var call = program.call("verify")) {
      return call.value(hidden).vector(rows).vector(tokens).tensor().toFloatArray();
    }
  }

  @Override
  public void close() {
    past.ifPresent(IValue::close);
    past = Optional.empty();
  }
}
