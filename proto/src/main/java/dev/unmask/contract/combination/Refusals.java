package dev.unmask.contract.combination;

import dev.unmask.contract.Violation;
import dev.unmask.type.v1.Compatibility;
import java.util.ArrayList;
import java.util.List;

/** What does not fit in one combination, in the order it was found. Used by one thread. */
final class Refusals {
  private final List<Violation> found;
  private final String opening;

  private Refusals(List<Violation> found, String opening) {
    this.found = found;
    this.opening = opening;
  }

  static Refusals none() {
    return new Refusals(new ArrayList<>(), "");
  }

  /** A view whose reasons begin with the compatibility that is not met. */
  Refusals of(Compatibility compatibility) {
    return new Refusals(found, "does not fit " + compatibility + ": ");
  }

  void addIf(boolean broken, String field, String reason) {
    if (broken) {
      found.add(new Violation("spec." + field, opening + reason));
    }
  }

  List<Violation> list() {
    return List.copyOf(found);
  }
}
