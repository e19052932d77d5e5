package dev.unmask.fuzz;

/** What a target throws where something that must hold does not. */
public final class Finding extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Finding(String message) {
    super(message);
  }

  /** Passes where it holds. */
  public static void unless(boolean holds, String otherwise) {
    if (!holds) {
      throw new Finding(otherwise);
    }
  }
}
