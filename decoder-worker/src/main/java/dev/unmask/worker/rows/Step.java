package dev.unmask.worker.rows;

import java.util.Optional;

/**
 * One model forward of one request. What becomes of the rows' keys and values, and what rows attend
 * to, is the mechanism's; a step of all rows (a refresh) needs no stored state.
 *
 * <pre>
 *   positions  0 1 2 3 | 4 5 6 7 | 8 9      prompt 4, block 4..7
 *   refresh    R R R R | R R R R | R R      all rows fresh
 *   dual       K K K K | R R R R | K K      R computed now, K stored by the refresh
 *   prefix     K K K K | R R R R | R R
 * </pre>
 *
 * @param number of the step in its request, from 0; part of the sampling noise
 * @param rows positions to compute, rising
 * @param tokens token ids at {@code rows}
 * @param mechanism what becomes of keys and values
 * @param scored positions whose output is wanted, rising, a subset of {@code rows}; row i speaks
 *     for position i + prediction shift of the model
 * @param verified positions whose present token's probability is wanted, as the shadow sees it,
 *     rising; empty but for {@link Mechanism.Shadow}
 * @param wanted what to tell of the scored rows
 * @param unconditional under guidance, the mechanism of the same step with a masked prompt; empty
 *     when that is not computed
 */
public record Step(
    int number,
    int[] rows,
    int[] tokens,
    Mechanism mechanism,
    int[] scored,
    int[] verified,
    Wanted wanted,
    Optional<Mechanism> unconditional) {
  /** Rows that overwrite their keys and values and attend to all, nothing verified, unguided. */
  public static Step overwriting(
      int number, int[] rows, int[] tokens, int[] scored, Wanted wanted) {
    var mechanism = new Mechanism.Overwrite(false);
    return new Step(number, rows, tokens, mechanism, scored, new int[0], wanted, Optional.empty());
  }
}
