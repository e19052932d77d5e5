package dev.unmask.client.evaluation.run;

import dev.unmask.client.ClientException;

/** Nobody serves any more; what was answered is kept. */
public final class OutageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutageException(ClientException cause) {
    super(
        Bounds.OUTAGE_QUESTIONS + " questions in a row found no server: " + cause.getMessage(),
        cause);
  }
}
