package dev.unmask.client.evaluation.grading.math;

/** Bounds the work of one comparison. */
final class Budget {
  private int left;

  Budget(int operations) {
    this.left = operations;
  }

  /** Counts one operation. */
  void spend() {
    if (--left < 0) {
      throw new Exhausted();
    }
  }

  /** Says that a comparison takes too long. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super("too much to compare", null, false, false);
    }
  }
}
