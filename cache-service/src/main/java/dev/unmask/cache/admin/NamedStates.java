package dev.unmask.cache.admin;

import dev.unmask.cache.api.Names;
import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Violation;
import dev.unmask.page.PageKey;
import java.util.ArrayList;
import java.util.List;

/**
 * States an operator names, within bounds.
 *
 * @param namespace whose
 * @param keys none: all of the namespace
 */
record NamedStates(String namespace, List<PageKey> keys) {
  /**
   * Checks a request.
   *
   * @throws ProblemException naming every broken bound
   */
  static NamedStates of(String namespace, List<dev.unmask.type.v1.PageKey> states) {
    var violations = new ArrayList<>(Names.check(namespace));
    if (states.size() > Limits.ADMIN_STATES) {
      violations.add(
          new Violation(
              "states",
              "must be at most " + Limits.ADMIN_STATES + " states, not " + states.size()));
    } else {
      for (int i = 0; i < states.size(); i++) {
        violations.addAll(Names.check("states[" + i + "].digest", states.get(i)));
      }
    }
    if (!violations.isEmpty()) {
      throw new ProblemException(new Problem.BadRequest(violations));
    }
    return new NamedStates(namespace, states.stream().map(PageKey::of).toList());
  }

  ProblemException notFound() {
    return new ProblemException(
        keys.isEmpty()
            ? new Problem.NotFound("namespace", namespace, "no namespace " + namespace)
            : new Problem.NotFound(
                "states", namespace, "none of these states is in namespace " + namespace));
  }
}
