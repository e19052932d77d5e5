package dev.unmask.worker.model.files;

/** A checkpoint folder that cannot be served; the message says what does not fit, and where. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A reason in words. */
  public CheckpointException(String message) {
    super(message);
  }

  /** A reason in words and what was found underneath. */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
