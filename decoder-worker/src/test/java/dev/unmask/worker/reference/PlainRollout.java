package dev.unmask.worker.reference;

/**
 * Attention rollout as published: a layer's attention, with the identity where no row is computed,
 * plus the identity, rows normalised, is multiplied from the left onto the product of the layers
 * before; a position is worth the sum of its column.
 */
final class PlainRollout {
  private double[][] product;

  PlainRollout(int length) {
    product = identity(length);
  }

  /** Takes the attention weights of a layer's rows over all positions. */
  void through(int[] rows, float[][] shares) {
    int length = product.length;
    double[][] step = identity(length);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < length; j++) {
        step[rows[i]][j] = shares[i][j];
      }
    }
    double[][] next = new double[length][length];
    for (int i = 0; i < length; i++) {
      step[i][i] += 1;
      double sum = 0;
      for (double weight : step[i]) {
        sum += weight;
      }
      for (int k = 0; k < length; k++) {
        for (int j = 0; j < length; j++) {
          next[i][j] += step[i][k] / sum * product[k][j];
        }
      }
    }
    product = next;
  }

  float[] columnSums() {
    float[] sums = new float[product.length];
    for (double[] row : product) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] += (float) row[j];
      }
    }
    return sums;
  }

  private static double[][] identity(int length) {
    double[][] identity = new double[length][length];
    for (int i = 0; i < length; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }
}
