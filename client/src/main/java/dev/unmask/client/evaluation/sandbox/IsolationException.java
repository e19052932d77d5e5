package dev.unmask.client.evaluation.sandbox;

import java.io.IOException;

/** Says why this machine cannot keep a command where it belongs, and what can be done. */
public final class IsolationException extends IOException {
  private static final long serialVersionUID = 1L;

  IsolationException(String message) {
    super(message);
  }
}
