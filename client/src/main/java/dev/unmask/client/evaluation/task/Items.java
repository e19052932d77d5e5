package dev.unmask.client.evaluation.task;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a benchmark's file holds.
 *
 * @param items at least one, in the file's order
 * @param malformed records that were left out
 */
public record Items(List<Item> items, List<Malformed> malformed) {
  public Items {
    items = List.copyOf(items);
    malformed = List.copyOf(malformed);
  }

  /** The same questions, with what is wrong with another file as well. */
  Items with(List<Malformed> more) {
    return new Items(items, Stream.concat(malformed.stream(), more.stream()).toList());
  }
}
