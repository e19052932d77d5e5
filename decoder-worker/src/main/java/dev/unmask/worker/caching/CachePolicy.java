package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Shape;

/**
 * Which rows a step computes, and what the rows attend to. Immutable; what a request has stored so
 * far lives in the session it opens.
 */
public sealed interface CachePolicy
    permits NoCache, PrefixCache, DualCache, DllmCache, D2Cache, SparseDllm, BlockCache {
  /** Starts a request. */
  CacheSession open(Shape shape);
}
