package dev.unmask.prompt;

import java.util.List;
import java.util.function.LongPredicate;

/**
 * The leading pieces of a prompt, each told by a digest of all up to its end.
 *
 * @param digests in the prompt's order; the first 8 bytes of a SHA-256, big endian
 */
public record Pieces(List<Long> digests) {
  private static final Pieces NONE = new Pieces(List.of());

  public Pieces {
    digests = List.copyOf(digests);
  }

  /** Of a prompt that is shorter than a piece. */
  public static Pieces none() {
    return NONE;
  }

  /** How many there are. */
  public int count() {
    return digests.size();
  }

  /** How many leading ones somebody holds. */
  public int leading(LongPredicate held) {
    int count = 0;
    while (count < digests.size() && held.test(digests.get(count))) {
      count++;
    }
    return count;
  }
}
