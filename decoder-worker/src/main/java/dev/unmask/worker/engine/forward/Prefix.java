package dev.unmask.worker.engine.forward;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.rows.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Leading rows of a canvas that another request's forward has computed below a layer. Their keys
 * and values of these layers lie in the canvas's slots; at the layer they join the other rows,
 * which have attended to them so far, and are computed like these from there on.
 *
 * <pre>
 *   layers      rows  0 .. positions | the others
 *   0 .. depth        lent           | computed
 *   depth ..          computed       | computed
 * </pre>
 *
 * @param positions how many
 * @param depth layers below the one they join at; all layers of the model: they never join, which
 *     is for measuring only
 * @param hidden states they enter that layer with, {@code [positions][hidden]}; empty if they never
 *     join
 */
public record Prefix(int positions, int depth, Optional<IValue> hidden) {
  /**
   * A step's part without these rows, and how they join it.
   *
   * @param input of all rows
   * @param wanted indices into them; none of these rows
   * @param all rows as one segment
   * @throws IllegalArgumentException if it wants one of these rows, or has no other
   */
  Part.Shared part(Part.Input input, int[] wanted, Segment all) {
    if (Arrays.stream(wanted).anyMatch(index -> index < positions) || input.count() <= positions) {
      throw new IllegalArgumentException(
          "a lent prefix of %d positions holds rows whose output is wanted".formatted(positions));
    }
    int others = input.count() - positions;
    var segment = segment(all, others);
    var joining =
        hidden.map(states ->
            new Part.Joining(depth, input.rows(0, positions), segment(all, positions), states));
    return new Part.Shared(
        input.rows(positions, others),
        Arrays.stream(wanted).map(index -> index - positions).toArray(),
        List.of(segment),
        joining,
        Optional.empty());
  }

  private static Segment segment(Segment all, int rows) {
    return new Segment(Segment.Kind.PLAIN, 0, rows, all.firstSlot(), all.keys());
  }

  /** Rows of a step that are computed, a row joining at a layer counted as its share of layers. */
  public int computed(Step step, int layers) {
    return Math.ceilDiv(step.rows().length * layers - positions * depth, layers);
  }
}
