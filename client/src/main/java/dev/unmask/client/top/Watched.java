package dev.unmask.client.top;

import dev.unmask.client.top.scrape.Change;

/**
 * A service and what its last two readings say.
 *
 * @param target which
 * @param change what they say
 */
public record Watched(Target target, Change change) {}
