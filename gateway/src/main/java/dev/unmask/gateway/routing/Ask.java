package dev.unmask.gateway.routing;

import dev.unmask.prompt.Pieces;
import java.util.Optional;

/**
 * What a request wants of a worker.
 *
 * @param context what it computes; its model must be served
 * @param pieces of its prompt; none where only whole contexts are shared
 * @param worker name of the only worker that will do
 */
public record Ask(ContextKey context, Pieces pieces, Optional<String> worker) {}
