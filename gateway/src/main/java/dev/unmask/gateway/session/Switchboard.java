package dev.unmask.gateway.session;

import dev.unmask.gateway.routing.Fleet;
import dev.unmask.gateway.routing.Router;
import dev.unmask.gateway.routing.Timer;
import java.util.function.LongSupplier;

/**
 * What all sessions of a gateway share.
 *
 * @param fleet the workers
 * @param router chooses among them
 * @param budget how many requests may be opened anew
 * @param timer runs things later
 * @param nanoTime the time, as {@link System#nanoTime}
 */
public record Switchboard(
    Fleet fleet, Router router, ReopenBudget budget, Timer timer, LongSupplier nanoTime) {}
