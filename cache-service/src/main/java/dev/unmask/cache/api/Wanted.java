package dev.unmask.cache.api;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Violation;
import dev.unmask.page.PageKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages a caller asks for, within bounds.
 *
 * @param namespace whose pages
 * @param keys of the pages, in the caller's order
 */
record Wanted(String namespace, List<PageKey> keys) {
  /**
   * Checks a request.
   *
   * @throws ProblemException naming every broken bound
   */
  static Wanted of(String namespace, List<dev.unmask.type.v1.PageKey> keys) {
    var violations = new ArrayList<>(Names.check(namespace));
    if (keys.isEmpty() || keys.size() > Limits.PAGE_KEYS) {
      violations.add(
          new Violation("keys", "must be 1 to " + Limits.PAGE_KEYS + " keys, not " + keys.size()));
    } else {
      for (int i = 0; i < keys.size(); i++) {
        violations.addAll(Names.check("keys[" + i + "].digest", keys.get(i)));
      }
    }
    if (!violations.isEmpty()) {
      throw new ProblemException(new Problem.BadRequest(violations));
    }
    return new Wanted(namespace, keys.stream().map(PageKey::of).toList());
  }
}
