package dev.unmask.worker.pages.chain;

import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.pages.Lookup;
import dev.unmask.worker.pages.choice.Decision;
import dev.unmask.worker.pages.lease.Lease;
import java.util.Optional;

/**
 * What a look-up of a chain brought: its beginning, all of it or nothing.
 *
 * @param found keys and values of leading links, whole ones, without predictions; its room is the
 *     caller's to close. Empty if there are none, or if computing them is faster
 * @param present leading links that the cache-service has: those behind them are to be published
 *     once they are computed
 * @param missed pages that are to be computed
 * @param lease that others wait on until that is done: to be handed on with what is published, or
 *     closed
 * @param decision fetching against computing what was there
 */
public record Beginning(
    Optional<Lookup.Found<StoredForward>> found,
    int present,
    int missed,
    Lease lease,
    Decision decision) {}
