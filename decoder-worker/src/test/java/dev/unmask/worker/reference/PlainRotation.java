package dev.unmask.worker.reference;

/** Half-split rotary embedding: element i of a head turns with element i + half. */
final class PlainRotation {
  private final int size;
  private final double[][] cosines;
  private final double[][] sines;

  PlainRotation(int size, double theta, int context) {
    this.size = size;
    cosines = new double[context][size / 2];
    sines = new double[context][size / 2];
    for (int position = 0; position < context; position++) {
      for (int d = 0; d < size / 2; d++) {
        double angle = position * Math.pow(theta, -2.0 * d / size);
        cosines[position][d] = Math.cos(angle);
        sines[position][d] = Math.sin(angle);
      }
    }
  }

  /** Every head of a vector, turned by a position. */
  float[] of(float[] heads, int position) {
    int half = size / 2;
    float[] out = new float[heads.length];
    for (int i = 0; i < heads.length; i++) {
      int d = i % size;
      float other = d < half ? -heads[i + half] : heads[i - half];
      out[i] = (float) (heads[i] * cosines[position][d % half] + other * sines[position][d % half]);
    }
    return out;
  }
}
