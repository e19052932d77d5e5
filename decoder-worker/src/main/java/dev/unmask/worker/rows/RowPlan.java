package dev.unmask.worker.rows;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a step computes.
 *
 * @param rows positions to compute, rising
 * @param mechanism what becomes of their keys and values
 * @param refresh whether the rows are all positions of the canvas
 * @param scope whose confidences are wanted
 */
public record RowPlan(int[] rows, Mechanism mechanism, boolean refresh, Scope scope) {
  /** Positions whose confidences a step tells. */
  public enum Scope {
    /** Masks that may be committed. */
    ELIGIBLE,
    /** Every mask of the canvas that the step's rows speak for. */
    COMPUTED,
    /**
     * The position right of the rows, if it is a mask and they speak for it; it is committed
     * whatever its confidence. The step is made for what it stores.
     */
    NEXT
  }

  /** All rows of a canvas. */
  public static RowPlan all(int length, Mechanism mechanism) {
    return all(length, mechanism, Scope.ELIGIBLE);
  }

  /** All rows of a canvas. */
  public static RowPlan all(int length, Mechanism mechanism, Scope scope) {
    return new RowPlan(IntStream.range(0, length).toArray(), mechanism, true, scope);
  }

  /** Some rows, for the masks that may be committed. */
  public static RowPlan some(int[] rows, Mechanism mechanism) {
    return new RowPlan(rows, mechanism, false, Scope.ELIGIBLE);
  }

  /** The same with another mechanism. */
  public RowPlan with(Mechanism other) {
    return new RowPlan(rows, other, refresh, scope);
  }

  /** The same with more rows. */
  public RowPlan including(int[] more) {
    int[] all =
        IntStream.concat(Arrays.stream(rows), Arrays.stream(more)).sorted().distinct().toArray();
    return new RowPlan(all, mechanism, refresh, scope);
  }
}
