package dev.unmask.worker.engine.forward;

import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Step;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Where the rows of a step lie in what a forward returns. */
public final class Rows {
  private Rows() {}

  /**
   * Indices of some rows among others.
   *
   * @throws IllegalArgumentException if one is not there
   */
  public static int[] indices(int[] sorted, int[] wanted) {
    return Arrays.stream(wanted)
        .map(row -> {
          int index = Arrays.binarySearch(sorted, row);
          if (index < 0) {
            throw new IllegalArgumentException("row " + row + " is scored but not computed");
          }
          return index;
        })
        .toArray();
  }

  /**
   * Rows that speak for the verified positions: those of the shadow, which follow the canvas. With
   * a shift, each is spoken for by the row before, the first by the canvas's last (d2Cache).
   */
  public static int[] ofShadow(Step step, int shift) {
    if (!(step.mechanism() instanceof Mechanism.Shadow(int start, int _))) {
      return new int[0];
    }
    int canvas = step.rows().length;
    return Arrays.stream(step.verified()).map(p -> canvas + p - start - shift).toArray();
  }

  /** Tokens at the verified positions. */
  public static int[] tokens(Step step) {
    return Arrays.stream(step.verified()).map(p -> step.tokens()[p]).toArray();
  }

  /** Rows a step computes; the mean over the layers, rounded, where each has its own. */
  public static int computed(Step step, int layers) {
    return computed(step.mechanism(), step.rows().length, layers);
  }

  /** The same of rows with a mechanism. */
  public static int computed(Mechanism mechanism, int all, int layers) {
    return switch (mechanism) {
      case Mechanism.LayerRefresh refresh -> {
        int prompt = refresh.prompt() ? refresh.promptLength() : 0;
        int response =
            refresh.response() ? all - refresh.promptLength() : refresh.moved().orElse(0);
        yield Math.ceilDiv(all + (layers - 1) * (prompt + response), layers);
      }
      case Mechanism.Shadow(int start, int end) -> all + end - start;
      case Mechanism.Fresh _,
          Mechanism.Overwrite _,
          Mechanism.BlockCausal _,
          Mechanism.Retain _,
          Mechanism.Retained _ ->
          all;
    };
  }

  /** One after the other. */
  public static int[] concat(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  /** Numbers that follow each other. */
  public static int[] range(int start, int count) {
    return IntStream.range(start, start + count).toArray();
  }
}
