package dev.unmask.client.evaluation.grading.math.reading;

/** Says that a text is no mathematics we can read. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableException(String reason) {
    super(reason);
  }
}
