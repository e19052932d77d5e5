package dev.unmask.gateway.journal;

import dev.unmask.type.v1.DecodingSpec;
import java.util.Locale;

/**
 * A method in two words: how masks are chosen, and what is cached, as far as its client said so.
 */
final class MethodWords {
  private MethodWords() {}

  /** E.g. {@code threshold/prefix_cache}; {@code default} for what was left open. */
  static String of(DecodingSpec spec) {
    return (spec.getUnmaskCase() + "/" + spec.getCacheCase())
        .toLowerCase(Locale.ROOT)
        .replace("unmask_not_set", "default")
        .replace("cache_not_set", "default");
  }
}
