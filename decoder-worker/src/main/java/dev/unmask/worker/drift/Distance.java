package dev.unmask.worker.drift;

import java.nio.FloatBuffer;

/**
 * How far two tensors are apart, summed up over pairs of them: the length of their difference as a
 * share of the second one's, and the cosine between them.
 */
final class Distance {
  private int pairs;
  private double relative;
  private double cosine;

  private double difference;
  private double first;
  private double second;
  private double product;

  /** Adds elements to the pair being compared. */
  void add(FloatBuffer one, FloatBuffer other) {
    int count = Math.min(one.remaining(), other.remaining());
    for (int i = 0; i < count; i++) {
      double a = one.get(one.position() + i);
      double b = other.get(other.position() + i);
      difference += (a - b) * (a - b);
      first += a * a;
      second += b * b;
      product += a * b;
    }
  }

  /** Ends a pair. */
  void next() {
    if (second > 0) {
      pairs++;
      relative += Math.sqrt(difference / second);
      cosine += first > 0 ? product / Math.sqrt(first * second) : 0;
    }
    difference = 0;
    first = 0;
    second = 0;
    product = 0;
  }

  /** Mean length of the difference, as a share of the second's length. */
  double relative() {
    return pairs == 0 ? 0 : relative / pairs;
  }

  /** Mean cosine; 1 if there was nothing to compare. */
  double cosine() {
    return pairs == 0 ? 1 : cosine / pairs;
  }
}
