package dev.unmask.worker.reference;

/** Vectors in plain loops. */
final class PlainMath {
  private PlainMath() {}

  /** The root-mean-square norm, weighted. */
  static float[] norm(float[] x, float[] weight, double epsilon) {
    double squares = 0;
    for (float value : x) {
      squares += (double) value * value;
    }
    float scale = (float) (1 / Math.sqrt(squares / x.length + epsilon));
    float[] out = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] * scale * weight[i];
    }
    return out;
  }

  /** In place; what is minus infinity becomes 0. */
  static void softmax(float[] x) {
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

  static void add(float[] x, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += x[i];
    }
  }

  static float[] sum(float[] x, float[] y) {
    float[] sum = x.clone();
    add(y, sum);
    return sum;
  }

  static double cosine(float[] x, float[] y) {
    double dot = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      dot += (double) x[i] * y[i];
      xx += (double) x[i] * x[i];
      yy += (double) y[i] * y[i];
    }
    return dot / Math.sqrt(xx * yy);
  }
}
