package dev.unmask.worker.decoding;

import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.unmask.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Predicts what a script says and remembers the steps it was asked for. */
final class ScriptedDenoiser implements Denoiser {
  /** What a step says of a canvas position. */
  interface Script {
    double at(int step, int position);
  }

  final List<Step> steps = new ArrayList<>();

  private final IntUnaryOperator token;
  private final int shift;
  private Script confidences = (_, position) -> 1.0 / (1 + position);
  private Script probed = (_, _) -> 0;
  private Script verified = (_, _) -> 1;
  private Script importance = (_, _) -> 1;
  private int length;

  /** A script: the token of each position; confidence falls from left to right. */
  ScriptedDenoiser(int shift, IntUnaryOperator token) {
    this.shift = shift;
    this.token = token;
  }

  ScriptedDenoiser confidences(Script script) {
    confidences = script;
    return this;
  }

  ScriptedDenoiser probed(Script script) {
    probed = script;
    return this;
  }

  ScriptedDenoiser verified(Script script) {
    verified = script;
    return this;
  }

  ScriptedDenoiser importance(Script script) {
    importance = script;
    return this;
  }

  @Override
  public Predictions step(Step step) {
    steps.add(step);
    length = Math.max(length, step.rows()[step.rows().length - 1] + 1);
    int[] positions = new int[step.scored().length];
    int[] tokens = new int[positions.length];
    for (int i = 0; i < tokens.length; i++) {
      positions[i] = step.scored()[i] + shift;
      tokens[i] = token.applyAsInt(positions[i]);
    }
    boolean probes = !(step.wanted().probe() instanceof Probe.None);
    return new Predictions(
        tokens,
        read(confidences, step, positions),
        probes ? read(probed, step, positions) : new float[0],
        read(verified, step, step.verified()),
        attended(step),
        step.rows().length);
  }

  private float[] attended(Step step) {
    boolean asked = step.mechanism() instanceof Mechanism.Overwrite(boolean rollout) && rollout;
    float[] attended = new float[asked ? length : 0];
    for (int i = 0; i < attended.length; i++) {
      attended[i] = (float) importance.at(step.number(), i);
    }
    return attended;
  }

  private static float[] read(Script script, Step step, int[] positions) {
    float[] read = new float[positions.length];
    for (int i = 0; i < read.length; i++) {
      read[i] = (float) script.at(step.number(), positions[i]);
    }
    return read;
  }
}
