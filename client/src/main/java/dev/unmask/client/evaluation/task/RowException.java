package dev.unmask.client.evaluation.task;

/** What is wrong with one record of a file. */
final class RowException extends Exception {
  private static final long serialVersionUID = 1L;

  RowException(String reason) {
    super(reason);
  }
}
