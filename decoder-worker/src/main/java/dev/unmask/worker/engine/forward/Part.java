package dev.unmask.worker.engine.forward;

import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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

    /** Some of them. */
    Input rows(int first, int count) {
      return new Input(
          Arrays.copyOfRange(tokens, first, first + count),
          Arrays.copyOfRange(angles, first, first + count),
          Arrays.copyOfRange(slots, first, first + count));
    }
  }

  /**
   * Rows that are the same in every layer.
   *
   * @param segments which cover the rows, in order
   * @param joining further rows, which join later
   * @param told hidden states on the way
   */
  record Shared(
      Input input,
      int[] wanted,
      List<Segment> segments,
      Optional<Joining> joining,
      Optional<Told> told)
      implements Part {
    public Shared {
      segments = List.copyOf(segments);
    }

    Shared(Input input, int[] wanted, List<Segment> segments) {
      this(input, wanted, segments, Optional.empty(), Optional.empty());
    }

    /** The same, telling hidden states. */
    Shared telling(Told what) {
      return new Shared(input, wanted, segments, joining, Optional.of(what));
    }
  }

  /**
   * Rows that join a forward late.
   *
   * @param layer at which
   * @param segment they are
   * @param hidden states they enter it with
   */
  record Joining(int layer, Input input, Segment segment, IValue hidden) {}

  /**
   * Hidden states that are told of a part's first rows.
   *
   * @param rows how many
   * @param layers which they enter with them, rising
   */
  record Told(int rows, int[] layers) {}

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
