package dev.unmask.gateway.openai.fields;

import dev.unmask.contract.Violation;
import dev.unmask.contract.rules.RequestRules;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one request's fields. Used by one thread. */
final class Faults {
  private final List<Violation> found = new ArrayList<>();

  void add(String field, String description) {
    found.add(new Violation(field, description));
  }

  void require() {
    RequestRules.require(found);
  }
}
