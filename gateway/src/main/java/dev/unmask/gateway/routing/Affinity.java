package dev.unmask.gateway.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.unmask.contract.Limits;
import java.util.Optional;

/**
 * Which worker served a context last; the contexts used least are forgotten beyond {@link
 * Limits#AFFINITY_ENTRIES}. Safe for any thread.
 */
final class Affinity {
  private final Cache<ContextKey, String> homes =
      Caffeine.newBuilder().maximumSize(Limits.AFFINITY_ENTRIES).build();

  Optional<String> home(ContextKey context) {
    return Optional.ofNullable(homes.getIfPresent(context));
  }

  void served(ContextKey context, String worker) {
    homes.put(context, worker);
  }
}
