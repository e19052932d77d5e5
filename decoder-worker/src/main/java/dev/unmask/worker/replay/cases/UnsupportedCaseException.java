package dev.unmask.worker.replay.cases;

/** A case of a method, or with a parameter, that is not built; its message says which. */
public final class UnsupportedCaseException extends Exception {
  private static final long serialVersionUID = 1L;

  UnsupportedCaseException(String reason) {
    super(reason);
  }
}
