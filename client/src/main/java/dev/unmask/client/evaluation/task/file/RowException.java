package dev.unmask.client.evaluation.task.file;

/** What is wrong with one record of a file. */
public final class RowException extends Exception {
  private static final long serialVersionUID = 1L;

  public RowException(String reason) {
    super(reason);
  }
}
