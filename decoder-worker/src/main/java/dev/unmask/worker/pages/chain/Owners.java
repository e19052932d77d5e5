package dev.unmask.worker.pages.chain;

import java.util.Optional;

/**
 * Whose the links of a chain are.
 *
 * <pre>
 *   tokens    |- system prompt -|- a tenant's own -...
 *   links     | granted | granted | own | own | ...        a link that crosses the border is own
 * </pre>
 *
 * @param own namespace of the request
 * @param granted leading tokens that it shares more widely, if any
 */
public record Owners(String own, Optional<Granted> granted) {
  /**
   * Leading tokens that are shared with all who were granted a namespace.
   *
   * @param namespace that holds them
   * @param tokens of them, from position 0
   */
  public record Granted(String namespace, int tokens) {}

  /** One namespace owns all. */
  public static Owners one(String namespace) {
    return new Owners(namespace, Optional.empty());
  }

  /** The namespace of a link that ends before a position. */
  String of(int end) {
    return granted.filter(there -> end <= there.tokens()).map(Granted::namespace).orElse(own);
  }
}
