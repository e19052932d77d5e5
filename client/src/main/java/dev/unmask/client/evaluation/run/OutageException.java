package dev.unmask.client.evaluation.run;

/** Nobody serves any more; what was answered is kept. */
public final class OutageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutageException(String message) {
    super(message);
  }
}
