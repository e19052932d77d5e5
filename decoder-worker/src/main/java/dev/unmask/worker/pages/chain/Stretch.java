package dev.unmask.worker.pages.chain;

import dev.unmask.worker.pages.transfer.Miss;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far a chain is there.
 *
 * @param sizes of leading links all of whose pages are there: bytes of their records
 * @param miss why it does not go on; empty if it does, or is there to its end
 */
record Stretch(List<Long> sizes, Optional<Miss> miss) {
  static final Stretch NONE = new Stretch(List.of(), Optional.empty());

  Stretch {
    sizes = List.copyOf(sizes);
  }

  /** Leading links that are there. */
  int links() {
    return sizes.size();
  }

  /** Bytes of all their records. */
  long bytes() {
    return sizes.stream().mapToLong(Long::longValue).sum();
  }

  /** Its first links, without a word on what follows. */
  Stretch first(int links) {
    return new Stretch(sizes.subList(0, links), Optional.empty());
  }

  /** With what follows it, unless it breaks off before. */
  Stretch then(Stretch next) {
    return miss.isPresent()
        ? this
        : new Stretch(Stream.concat(sizes.stream(), next.sizes.stream()).toList(), next.miss);
  }
}
