package dev.unmask.gateway.access;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;

/**
 * What a caller is told that is not let in: one message for everything that is wrong with a
 * credential, so that trying tells nothing.
 */
public final class Refusals {
  private Refusals() {}

  public static ProblemException unauthenticated() {
    return new ProblemException(
        new Problem.Unauthenticated(
            "authorization must be 'Bearer' and a valid API key or token of this gateway"));
  }

  public static ProblemException denied() {
    return new ProblemException(new Problem.Denied("this token does not allow that"));
  }

  public static ProblemException unverifiable() {
    return new ProblemException(
        new Problem.Unavailable("tokens cannot be verified now", Limits.RETRY_DELAY));
  }
}
