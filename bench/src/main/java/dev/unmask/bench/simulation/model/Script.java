package dev.unmask.bench.simulation.model;

import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.unmask.Probe;
import java.util.Arrays;

/**
 * What a model of some name says: keys of tokens, and predictions of what keys add up to. Pure.
 *
 * @param vocabulary how many tokens, the first ones of them ordinary
 * @param ordinary tokens that it says, from 0 on
 * @param endOfSequence a token that it says now and then
 */
public record Script(int vocabulary, int ordinary, int endOfSequence) {
  private static final int ENDS_ONE_IN = 97;
  private static final double MANTISSA = 1L << 53;

  /** Key and value of a token at a position; never 0. */
  long key(int position, int token) {
    return mix(mix(position + 1L) ^ token) | 1;
  }

  /** A key's share of what a row attends to: sums do not depend on their order. */
  long share(int position, long key) {
    return mix(key + position);
  }

  /**
   * What the scored rows of a step say.
   *
   * @param attended what each scored row attends to, added up
   * @param shift of the rows' predictions
   * @param canvas positions of it, for the rollout
   */
  Predictions predict(Step step, long[] attended, int shift, int canvas, int rows) {
    int[] scored = step.scored();
    int[] tokens = new int[scored.length];
    float[] confidences = new float[scored.length];
    for (int i = 0; i < scored.length; i++) {
      long said = mix(attended[i] ^ mix(scored[i] + shift));
      tokens[i] = token(said, step.wanted().barred());
      confidences[i] = contains(step.wanted().doubted(), tokens[i]) ? 0 : part(mix(said));
    }
    long all = Arrays.stream(attended).sum();
    boolean probes = !(step.wanted().probe() instanceof Probe.None);
    return new Predictions(
        tokens,
        confidences,
        probes ? parts(scored, all + 1) : new float[0],
        parts(step.verified(), all + 2),
        importance(step, all, canvas),
        rows);
  }

  private float[] importance(Step step, long all, int canvas) {
    boolean asked = step.mechanism() instanceof Mechanism.Overwrite(boolean rollout) && rollout;
    return asked ? parts(positions(canvas), all + 3) : new float[0];
  }

  private static int[] positions(int canvas) {
    int[] all = new int[canvas];
    Arrays.setAll(all, position -> position);
    return all;
  }

  private static float[] parts(int[] positions, long salt) {
    float[] parts = new float[positions.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part(mix(salt ^ mix(positions[i])));
    }
    return parts;
  }

  private int token(long said, int... barred) {
    int token =
        Long.remainderUnsigned(said, ENDS_ONE_IN) == 0
            ? endOfSequence
            : (int) Long.remainderUnsigned(mix(said + 7), ordinary);
    while (contains(barred, token)) {
      token = (token + 1) % ordinary;
    }
    return token;
  }

  private static boolean contains(int[] tokens, int token) {
    return Arrays.stream(tokens).anyMatch(one -> one == token);
  }

  /** Between 0 and 1, most of it near 1, so that thresholds decide something. */
  private static float part(long bits) {
    double even = ((bits >>> 11) + 0.5) / MANTISSA;
    return (float) Math.sqrt(even);
  }

  static long mix(long value) {
    long mixed = value * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
    return mixed ^ mixed >>> 29;
  }
}
