package dev.unmask.client.top;

import dev.unmask.client.top.scrape.Change;
import java.util.function.Function;

/**
 * One thing that is told of each service.
 *
 * @param title above it
 * @param cell what is told
 */
record Column(String title, Function<Change, String> cell) {}
