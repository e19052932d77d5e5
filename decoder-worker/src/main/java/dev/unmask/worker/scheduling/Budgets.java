package dev.unmask.worker.scheduling;

import dev.unmask.contract.Limits;

/**
 * What one forward may take of a device.
 *
 * <p>A refresh of 2,048 rows takes an H200 about 50 ms with an 8-billion-parameter model, four or
 * five times a forward of the blocks of eight requests; that is the longest refreshes should make
 * everybody else's step. 4,096 rows leave room beside it for 64 blocks of 32, whose products a GPU
 * computes at full speed. A CPU computes a hundredth as fast, so that a forward grows with every
 * row and less of it may be other requests' refreshes; there is nothing to gain from fewer rows
 * altogether, because what is left out would come right after.
 *
 * <p>Logits are the largest thing a forward holds for a moment: in float32, a scored row of a
 * vocabulary of 126,464 takes 0.5 MB, and filters and probes take copies of it. 2,048 are 1 GiB.
 *
 * @param rows computed; a refresh counts {@code refreshRows} at most
 * @param refreshRows of the steps that compute all rows; one of them may be larger than this
 * @param keys attended to, of all steps together
 * @param scoredRows whose logits are made
 */
public record Budgets(int rows, int refreshRows, int keys, int scoredRows) {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException naming the budget as settings do, and its bound
   */
  public Budgets {
    require("rows", rows, Limits.FORWARD_ROWS);
    require("refresh-rows", refreshRows, rows);
    require("keys", keys, Limits.FORWARD_KEYS);
    require("scored-rows", scoredRows, Limits.FORWARD_ROWS);
  }

  /** For a GPU. */
  public static Budgets ofGpu() {
    return new Budgets(4096, 2048, 1 << 20, 2048);
  }

  /** For a CPU. */
  public static Budgets ofCpu() {
    return new Budgets(4096, 1024, 1 << 20, 1024);
  }

  private static void require(String budget, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s must be 1 to %d, was %d".formatted(budget, most, value));
    }
  }
}
