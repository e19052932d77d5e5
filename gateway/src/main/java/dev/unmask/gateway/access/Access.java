package dev.unmask.gateway.access;

import dev.unmask.contract.ProblemException;
import java.util.Optional;

/** Tells who calls. Safe for any thread. */
@FunctionalInterface
public interface Access {
  /**
   * The caller of a call.
   *
   * @param authorization the call's header of that name
   * @throws ProblemException if nobody, or nobody known, says in it who it is
   */
  Tenant tenant(Optional<String> authorization);

  /** Everybody is one tenant: for development, or behind something that asks. */
  static Access open(String namespace) {
    var everybody = Tenant.open(namespace);
    return _ -> everybody;
  }
}
