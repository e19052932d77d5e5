package dev.unmask.worker.caching;

/**
 * Which rows a step computes; all other positions are attended to as stored. Immutable; what a
 * request has stored so far lives in the session it opens.
 */
public sealed interface CachePolicy permits NoCache, PrefixCache, DualCache {
  /** Starts a request. */
  CacheSession open(Shape shape);
}
