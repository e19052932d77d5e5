package dev.unmask.page;

import dev.unmask.contract.Limits;

/**
 * A model family whose blocks attend to nothing right of them, so that a finished block's state
 * follows from the tokens up to its end alone. Families with full attention (LLaDA, Dream) are
 * none.
 */
public interface BlockCausal {
  /** Tokens a block; blocks lie on a grid from position 0. */
  int blockLength();

  /**
   * Tokens a link of a {@link BlockChain}: whole blocks and whole pages, so that a link is final
   * once its tokens are known, and its pages are of no other link.
   *
   * @throws IllegalArgumentException if blocks and pages do not lie on one grid: neither length is
   *     a multiple of the other
   */
  default int linkTokens() {
    if (!hasLinks()) {
      throw new IllegalArgumentException(
          "blocks of %d and pages of %d positions have no common grid"
              .formatted(blockLength(), Limits.PAGE_SPAN));
    }
    return Math.max(Limits.PAGE_SPAN, blockLength());
  }

  /** Whether blocks and pages lie on one grid, so that there are links. */
  default boolean hasLinks() {
    return blockLength() > 0
        && (Limits.PAGE_SPAN % blockLength() == 0 || blockLength() % Limits.PAGE_SPAN == 0);
  }
}
