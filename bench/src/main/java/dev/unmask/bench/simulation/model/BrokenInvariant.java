package dev.unmask.bench.simulation.model;

/** Something happened that must never happen. */
public final class BrokenInvariant extends Error {
  private static final long serialVersionUID = 1;

  /**
   * It did.
   *
   * @param which invariant, as the design numbers them
   */
  public BrokenInvariant(String which, String what) {
    super(which + ": " + what);
  }
}
