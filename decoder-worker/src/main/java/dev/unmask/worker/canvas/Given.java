package dev.unmask.worker.canvas;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What is known of the generated part before it is decoded: tokens anywhere in it, and a suffix at
 * its end, which is no part of the answer.
 *
 * @param positions of the tokens, from the prompt's end, rising
 * @param tokens at the positions
 * @param suffix tokens at the canvas's end
 */
public record Given(int[] positions, int[] tokens, int[] suffix) {
  /** All of it is decoded. */
  public static final Given NOTHING = new Given(new int[0], new int[0], new int[0]);

  public Given {
    if (positions.length != tokens.length) {
      throw new IllegalArgumentException("a token a position");
    }
    if (IntStream.range(1, positions.length).anyMatch(i -> positions[i] <= positions[i - 1])) {
      throw new IllegalArgumentException("positions rise");
    }
  }

  /** A suffix and nothing else. */
  public static Given suffix(int... tokens) {
    return new Given(new int[0], new int[0], tokens);
  }

  /** Whether all of the generated part is masked at first. */
  public boolean nothing() {
    return positions.length == 0 && suffix.length == 0;
  }

  /** Where all that is known stands, from the prompt's end, rising. */
  int[] places(int generationLength) {
    var behind = IntStream.range(generationLength - suffix.length, generationLength);
    return IntStream.concat(Arrays.stream(positions), behind).toArray();
  }

  /** What stands there, in the same order. */
  int[] known() {
    return IntStream.concat(Arrays.stream(tokens), Arrays.stream(suffix)).toArray();
  }
}
