package dev.unmask.worker.reference;

import dev.unmask.worker.reference.PlainWeights.Linear;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * One transformer layer, row by row.
 *
 * @param shape of the model
 * @param rotation of its heads
 */
record PlainLayer(
    PlainModel.Shape shape,
    PlainRotation rotation,
    float[] attentionNorm,
    Linear query,
    Linear key,
    Linear value,
    float[] queryNorm,
    float[] keyNorm,
    Linear attentionOut,
    float[] feedForwardNorm,
    Linear gate,
    Linear up,
    Linear down) {
  /** Keys and values of some positions, one row a position. */
  record Keyed(float[][] keys, float[][] values) {
    /** These, then others. */
    Keyed and(Keyed others) {
      return new Keyed(concat(keys, others.keys), concat(values, others.values));
    }

    private static float[][] concat(float[][] first, float[][] second) {
      return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(float[][]::new);
    }
  }

  /** What a row attends to. */
  interface Sight {
    boolean sees(int key);
  }

  /** The query of a row at an angle of rotation. */
  float[] query(float[] hidden, int angle) {
    return rotation.of(even(query.apply(normed(hidden)), queryNorm), angle);
  }

  /** The key of a row at an angle of rotation. */
  float[] key(float[] hidden, int angle) {
    return rotation.of(even(key.apply(normed(hidden)), keyNorm), angle);
  }

  /** Heads normalized one by one, if there is a norm for that. */
  private float[] even(float[] heads, float[] norm) {
    if (norm.length == 0) {
      return heads;
    }
    float[] out = new float[heads.length];
    for (int at = 0; at < heads.length; at += norm.length) {
      float[] head = Arrays.copyOfRange(heads, at, at + norm.length);
      System.arraycopy(PlainMath.norm(head, norm, shape.epsilon()), 0, out, at, norm.length);
    }
    return out;
  }

  float[] value(float[] hidden) {
    return value.apply(normed(hidden));
  }

  private float[] normed(float[] hidden) {
    return PlainMath.norm(hidden, attentionNorm, shape.epsilon());
  }

  /**
   * What attention adds to a row.
   *
   * @param share takes the attention weight of each key, the mean over the heads
   */
  float[] attended(float[] query, Keyed keyed, Sight sight, float[] share) {
    int size = shape.headSize();
    int group = shape.heads() / shape.kvHeads();
    float[] mixed = new float[query.length];
    for (int head = 0; head < shape.heads(); head++) {
      int at = head / group * size;
      float[] weights = new float[keyed.keys().length];
      for (int j = 0; j < weights.length; j++) {
        weights[j] =
            sight.sees(j)
                ? dot(query, head * size, keyed.keys()[j], at) / (float) Math.sqrt(size)
                : Float.NEGATIVE_INFINITY;
      }
      PlainMath.softmax(weights);
      for (int j = 0; j < weights.length; j++) {
        share[j] += weights[j] / shape.heads();
        for (int d = 0; weights[j] > 0 && d < size; d++) {
          mixed[head * size + d] += weights[j] * keyed.values()[j][at + d];
        }
      }
    }
    return attentionOut.apply(mixed);
  }

  /** Dot product of one head of each vector. */
  float dot(float[] x, int xAt, float[] y, int yAt) {
    float dot = 0;
    for (int d = 0; d < shape.headSize(); d++) {
      dot += x[xAt + d] * y[yAt + d];
    }
    return dot;
  }

  /** What the MLP adds to a row. */
  float[] mixed(float[] hidden) {
    float[] normed = PlainMath.norm(hidden, feedForwardNorm, shape.epsilon());
    float[] open = gate.apply(normed);
    float[] wide = up.apply(normed);
    for (int i = 0; i < open.length; i++) {
      open[i] = open[i] / (1 + (float) Math.exp(-open[i])) * wide[i];
    }
    return down.apply(open);
  }
}
