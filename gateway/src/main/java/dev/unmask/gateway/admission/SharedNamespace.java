package dev.unmask.gateway.admission;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.gateway.access.Tenant;
import dev.unmask.type.v1.Sharing;
import java.util.Optional;

/** Where a request's states are shared: in its tenant's namespace, or in one granted to it. */
final class SharedNamespace {
  private SharedNamespace() {}

  /**
   * The namespace.
   *
   * @throws ProblemException if the request names one that its tenant is not granted
   */
  static String of(Tenant tenant, Sharing sharing) {
    var asked = sharing.getPublicNamespace();
    if (asked.isEmpty()) {
      return tenant.namespace();
    }
    if (!tenant.publicNamespaces().contains(asked)) {
      throw new ProblemException(
          new Problem.Denied("sharing.public_namespace is not granted to this tenant"));
    }
    return asked;
  }

  /** What is left to tell a worker of how a request shares; empty if that is nothing. */
  static Optional<Sharing> rest(Sharing sharing) {
    return Optional.of(sharing.toBuilder().clearPublicNamespace().build())
        .filter(rest -> !rest.equals(Sharing.getDefaultInstance()));
  }
}
