package dev.unmask.client.load;

import dev.unmask.client.load.drive.Span;
import dev.unmask.client.load.measure.Load;
import dev.unmask.client.load.search.Saturation;
import java.util.List;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param loads one after the other; empty when a search chooses them
 * @param search for the highest rate; empty when loads are given
 * @param span how long at each load
 * @param seed of arrivals and draws
 */
public record LoadPlan(List<Load> loads, Optional<Saturation> search, Span span, long seed) {
  public LoadPlan {
    loads = List.copyOf(loads);
    if (loads.isEmpty() == search.isEmpty()) {
      throw new IllegalArgumentException("either loads or a search");
    }
  }
}
