package dev.unmask.worker.engine.forward;

import java.util.List;

/** What one canvas adds to a forward. */
sealed interface Part {
  /** Which rows, and where their keys and values go. */
  Input input();

  /** Indices into the rows whose final hidden states are wanted. */
  int[] wanted();

  /**
   * Rows of a part.
   *
   * @param tokens at them
   * @param angles positions they are rotated by
   * @param slots where their keys and values go
   */
  record Input(int[] tokens, int[] angles, int[] slots) {
    int count() {
      return tokens.length;
    }
  }

  /**
   * Rows that are the same in every layer.
   *
   * @param segments which cover the rows, in order
   */
  record Shared(Input input, int[] wanted, List<Segment> segments) implements Part {
    public Shared {
      segments = List.copyOf(segments);
    }
  }

  /**
   * All rows of a canvas, of which each layer computes its own.
   *
   * @param promptLength rows of the prompt
   * @param prompt whether the prompt is computed
   * @param response whether the response is
   * @param moved rows of a response that is not; negative: none, and its values are not looked at
   * @param start first slot of the keys
   * @param outputsStart first slot of the layers' outputs
   */
  record Layered(
      Input input,
      int[] wanted,
      int promptLength,
      boolean prompt,
      boolean response,
      int moved,
      int start,
      int outputsStart)
      implements Part {}
}
