package dev.unmask.worker.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Predicts what a script says and remembers the steps it was asked for. */
final class ScriptedDenoiser implements Denoiser {
  final List<Step> steps = new ArrayList<>();
  private final IntUnaryOperator token;
  private final int shift;

  /** A script: the token of each position; confidence falls from left to right. */
  ScriptedDenoiser(int shift, IntUnaryOperator token) {
    this.shift = shift;
    this.token = token;
  }

  @Override
  public Predictions step(Step step) {
    steps.add(step);
    int[] tokens = new int[step.scored().length];
    float[] confidences = new float[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      int position = step.scored()[i] + shift;
      tokens[i] = token.applyAsInt(position);
      confidences[i] = 1f / (1 + position);
    }
    return Predictions.of(tokens, confidences, step.rows().length);
  }
}
