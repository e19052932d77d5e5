package dev.unmask.worker.engine;

import dev.unmask.worker.decoding.Predictions;
import dev.unmask.worker.decoding.Step;
import dev.unmask.worker.unmask.Confidence;
import java.util.Arrays;

/** The choice of tokens, as the program's methods {@code predict} and {@code pick} end. */
final class TokenChoice {
  private TokenChoice() {}

  /** Adds the arguments a step gives for its choice, runs the call and reads the answer. */
  static Predictions run(ProgramCall call, Step step, int rowsComputed) {
    var sampling = step.sampling();
    call.vector(step.scored());
    call.numbers(sampling.temperature(), sampling.topP());
    call.numbers(sampling.topK(), sampling.seed(), step.number(), number(step.confidence()));
    var answer = call.tensors();
    int[] tokens = Arrays.stream(answer.get(0).toLongArray()).mapToInt(Math::toIntExact).toArray();
    return new Predictions(tokens, answer.get(1).toFloatArray(), rowsComputed);
  }

  private static long number(Confidence confidence) {
    return switch (confidence) {
      case MAX_PROBABILITY -> 0;
      case MARGIN -> 1;
      case NEGATIVE_ENTROPY -> 2;
    };
  }
}
