package dev.unmask.bench.eviction;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Requests in order.
 *
 * @param name what it is
 * @param accesses the requests
 */
record Trace(String name, List<Access> accesses) {
  Trace {
    accesses = List.copyOf(accesses);
  }

  /** Bytes of all states together. */
  long footprint() {
    return accesses.stream()
        .collect(Collectors.toMap(Access::state, Access::bytes, Math::max))
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
