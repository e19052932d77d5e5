package dev.unmask.client.evaluation.task.shots;

import java.util.Arrays;
import java.util.HashSet;
import org.apache.commons.rng.core.source32.MersenneTwister;

/**
 * The draws of Python's {@code random.Random}, number for number: a Mersenne twister seeded with
 * the words of a whole number, numbers below a bound by rejection, samples as in CPython 3.
 */
final class PythonRandom {
  private static final int SMALL = 21;
  private static final int FEW = 5;

  private final MersenneTwister twister;

  PythonRandom(long seed) {
    long size = Math.abs(seed);
    int high = (int) (size >>> 32);
    this.twister =
        new MersenneTwister(high == 0 ? new int[] {(int) size} : new int[] {(int) size, high});
  }

  /** Distinct numbers from 0 to {@code size - 1}, in the order they are drawn. */
  int[] sample(int size, int count) {
    if (count < 0 || count > size) {
      throw new IllegalArgumentException("count must be 0 to " + size + ", is " + count);
    }
    return size <= room(count) ? fromPool(size, count) : byRejection(size, count);
  }

  /** The size up to which CPython copies the population: what a set of the drawn would take. */
  private static int room(int count) {
    return count <= FEW
        ? SMALL
        : SMALL + (1 << (2 * (int) Math.ceil(Math.log(count * 3) / Math.log(4))));
  }

  private int[] fromPool(int size, int count) {
    var pool = new int[size];
    Arrays.setAll(pool, i -> i);
    var drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int at = below(size - i);
      drawn[i] = pool[at];
      pool[at] = pool[size - i - 1];
    }
    return drawn;
  }

  private int[] byRejection(int size, int count) {
    var seen = new HashSet<Integer>();
    var drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int number = below(size);
      while (!seen.add(number)) {
        number = below(size);
      }
      drawn[i] = number;
    }
    return drawn;
  }

  private int below(int bound) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
    int number = twister.nextInt() >>> (Integer.SIZE - bits);
    while (number >= bound) {
      number = twister.nextInt() >>> (Integer.SIZE - bits);
    }
    return number;
  }
}
