package dev.unmask.gateway.routing;

import java.time.Duration;

/**
 * How a worker does at this moment.
 *
 * @param answers whether it said how busy it is when it was last asked
 * @param medianStep what half of its steps take at most; zero before it made one
 */
public record Pulse(boolean answers, Duration medianStep) {}
