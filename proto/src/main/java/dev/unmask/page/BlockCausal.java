package dev.unmask.page;

/**
 * A model family whose blocks attend to nothing right of them, so that a finished block's state
 * follows from the tokens up to its end alone. Families with full attention (LLaDA, Dream) are
 * none.
 */
public interface BlockCausal {
  /** Tokens a block. */
  int blockLength();
}
