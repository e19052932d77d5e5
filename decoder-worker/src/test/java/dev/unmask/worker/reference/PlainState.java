package dev.unmask.worker.reference;

import dev.unmask.worker.decoding.Denoiser;
import dev.unmask.worker.decoding.Predictions;
import dev.unmask.worker.decoding.Step;
import java.util.Arrays;
import java.util.BitSet;

/** One request's keys and values, and the forward that reads and overwrites them. */
final class PlainState implements Denoiser {
  private final PlainModel model;
  private final float[][][] keys;
  private final float[][][] values;
  private final double[][] cosines;
  private final double[][] sines;
  private final BitSet stored = new BitSet();

  PlainState(PlainModel model, int length) {
    this.model = model;
    cosines = new double[length][model.shape.headSize() / 2];
    sines = new double[length][model.shape.headSize() / 2];
    for (int position = 0; position < length; position++) {
      for (int d = 0; d < cosines[position].length; d++) {
        double exponent = -2.0 * d / model.shape.headSize();
        double angle = position * Math.pow(model.shape.ropeTheta(), exponent);
        cosines[position][d] = Math.cos(angle);
        sines[position][d] = Math.sin(angle);
      }
    }
    keys = new float[model.layers.size()][length][];
    values = new float[model.layers.size()][length][];
  }

  @Override
  public Predictions step(Step step) {
    Arrays.stream(step.rows()).forEach(stored::set);
    if (stored.cardinality() != keys[0].length) {
      throw new IllegalStateException("a key is neither fresh nor stored");
    }
    float[][] hidden = embed(step.tokens());
    for (int layer = 0; layer < keys.length; layer++) {
      attend(layer, step.rows(), hidden);
      feedForward(model.layers.get(layer), hidden);
    }
    if (!step.keep()) {
      stored.clear();
    }
    return predictions(step, hidden);
  }

  private float[][] embed(int[] tokens) {
    int width = model.finalNorm.length;
    return Arrays.stream(tokens)
        .mapToObj(t -> Arrays.copyOfRange(model.embedding, t * width, (t + 1) * width))
        .toArray(float[][]::new);
  }

  private void attend(int layer, int[] rows, float[][] hidden) {
    var weights = model.layers.get(layer);
    float[][] queries = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      float[] normed = norm(hidden[i], weights.attentionNorm());
      queries[i] = rotated(weights.query().apply(normed), rows[i]);
      keys[layer][rows[i]] = rotated(weights.key().apply(normed), rows[i]);
      values[layer][rows[i]] = weights.value().apply(normed);
    }
    for (int i = 0; i < rows.length; i++) {
      add(weights.attentionOut().apply(attention(layer, queries[i])), hidden[i]);
    }
  }

  private float[] attention(int layer, float[] query) {
    int size = model.shape.headSize();
    int group = model.shape.heads() / model.shape.kvHeads();
    float[] mixed = new float[query.length];
    float[] weights = new float[keys[layer].length];
    for (int head = 0; head < model.shape.heads(); head++) {
      int at = head / group * size;
      for (int j = 0; j < weights.length; j++) {
        float dot = 0;
        for (int d = 0; d < size; d++) {
          dot += query[head * size + d] * keys[layer][j][at + d];
        }
        weights[j] = dot / (float) Math.sqrt(size);
      }
      softmax(weights);
      for (int j = 0; j < weights.length; j++) {
        for (int d = 0; d < size; d++) {
          mixed[head * size + d] += weights[j] * values[layer][j][at + d];
        }
      }
    }
    return mixed;
  }

  private void feedForward(PlainModel.Layer layer, float[][] hidden) {
    for (float[] row : hidden) {
      float[] normed = norm(row, layer.feedForwardNorm());
      float[] gate = layer.gate().apply(normed);
      float[] up = layer.up().apply(normed);
      for (int i = 0; i < gate.length; i++) {
        gate[i] = gate[i] / (1 + (float) Math.exp(-gate[i])) * up[i];
      }
      add(layer.down().apply(gate), row);
    }
  }

  private Predictions predictions(Step step, float[][] hidden) {
    int[] tokens = new int[step.scored().length];
    float[] confidences = new float[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      int row = Arrays.binarySearch(step.rows(), step.scored()[i]);
      var distribution =
          new PlainDistribution(
              model.head.apply(norm(hidden[row], model.finalNorm)), step.sampling());
      tokens[i] = distribution.best();
      confidences[i] = (float) distribution.confidence(step.confidence());
    }
    return new Predictions(tokens, confidences, step.rows().length);
  }

  /** Half-split rotary embedding of every head at a position. */
  private float[] rotated(float[] heads, int position) {
    int size = model.shape.headSize();
    int half = size / 2;
    float[] out = new float[heads.length];
    for (int i = 0; i < heads.length; i++) {
      int d = i % size;
      float other = d < half ? -heads[i + half] : heads[i - half];
      out[i] = (float) (heads[i] * cosines[position][d % half] + other * sines[position][d % half]);
    }
    return out;
  }

  private float[] norm(float[] x, float[] weight) {
    double squares = 0;
    for (float value : x) {
      squares += (double) value * value;
    }
    float scale = (float) (1 / Math.sqrt(squares / x.length + model.shape.epsilon()));
    float[] out = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] * scale * weight[i];
    }
    return out;
  }

  private static void softmax(float[] x) {
    float max = Float.NEGATIVE_INFINITY;
    for (float value : x) {
      max = Math.max(max, value);
    }
    float sum = 0;
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.exp(x[i] - max);
      sum += x[i];
    }
    for (int i = 0; i < x.length; i++) {
      x[i] /= sum;
    }
  }

  private static void add(float[] x, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += x[i];
    }
  }
}
