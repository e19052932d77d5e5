package dev.unmask.worker.reference;

import dev.unmask.worker.reference.PlainLayer.Keyed;
import dev.unmask.worker.rows.Mechanism;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Sparse-dLLM's choice: of the positions outside a span, those the mean query of the span points at
 * most.
 */
record PlainRetention(PlainLayer layer, Mechanism.Retain retain) {
  /**
   * The positions kept.
   *
   * @param rows of the queries
   * @param queries of these rows
   * @param keyed keys of the whole canvas
   */
  int[] kept(int[] rows, float[][] queries, Keyed keyed) {
    int[] others =
        IntStream.range(0, keyed.keys().length)
            .filter(position -> position < retain.start() || position >= retain.end())
            .toArray();
    float[] mean = mean(rows, queries);
    double[] importance =
        IntStream.of(others).mapToDouble(other -> importance(mean, keyed.keys()[other])).toArray();
    return IntStream.range(0, others.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -best(importance, i)))
        .limit(retain.kept())
        .mapToInt(i -> others[i])
        .sorted()
        .toArray();
  }

  private float[] mean(int[] rows, float[][] queries) {
    float[] mean = new float[queries[0].length];
    for (int row = 0; row < rows.length; row++) {
      boolean inside = rows[row] >= retain.start() && rows[row] < retain.end();
      for (int i = 0; inside && i < mean.length; i++) {
        mean[i] += queries[row][i] / (retain.end() - retain.start());
      }
    }
    return mean;
  }

  private double importance(float[] query, float[] key) {
    var shape = layer.shape();
    int group = shape.heads() / shape.kvHeads();
    double sum = 0;
    for (int head = 0; head < shape.heads(); head++) {
      sum += layer.dot(query, head * shape.headSize(), key, head / group * shape.headSize());
    }
    return sum / shape.heads();
  }

  /** The best of the neighbourhood, among the positions outside the span. */
  private double best(double[] importance, int at) {
    int reach = retain.kernel() / 2;
    double best = Double.NEGATIVE_INFINITY;
    for (int i = Math.max(0, at - reach); i <= Math.min(importance.length - 1, at + reach); i++) {
      best = Math.max(best, importance[i]);
    }
    return best;
  }
}
