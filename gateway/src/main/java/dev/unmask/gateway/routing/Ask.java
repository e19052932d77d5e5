package dev.unmask.gateway.routing;

import java.util.Optional;

/**
 * What a request wants of a worker.
 *
 * @param context what it computes; its model must be served
 * @param worker name of the only worker that will do
 */
public record Ask(ContextKey context, Optional<String> worker) {}
