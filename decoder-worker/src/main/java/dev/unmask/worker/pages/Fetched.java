package dev.unmask.worker.pages;

import dev.unmask.worker.engine.StoredForward;
import java.util.Optional;

/**
 * What a look-up brought.
 *
 * @param forward all of it, for the caller to close; or nothing, then compute
 * @param pagesHit pages that came and are used
 * @param pagesMissed pages asked for that must be computed instead
 */
public record Fetched(Optional<StoredForward> forward, int pagesHit, int pagesMissed) {
  static Fetched hit(StoredForward forward, int pages) {
    return new Fetched(Optional.of(forward), pages, 0);
  }

  static Fetched miss(int pages) {
    return new Fetched(Optional.empty(), 0, pages);
  }
}
