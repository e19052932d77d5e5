package dev.unmask.bench.simulation.time;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** What happened in a run: a digest of it, and the lines if somebody wants them. */
public final class Chronicle {
  private static final double MILLISECOND = 1e6;
  private static final long PRIME = 0x100000001b3L;

  private final Optional<Consumer<String>> reader;
  private long digest = 0xcbf29ce484222325L;

  private Chronicle(Optional<Consumer<String>> reader) {
    this.reader = reader;
  }

  /** The digest alone. */
  public static Chronicle silent() {
    return new Chronicle(Optional.empty());
  }

  /** The lines too. */
  public static Chronicle told(Consumer<String> reader) {
    return new Chronicle(Optional.of(reader));
  }

  /** Of everything so far, in its order. */
  public long digest() {
    return digest;
  }

  void write(long now, String what, long detail) {
    mix(now);
    mix(what.hashCode());
    mix(detail);
    reader.ifPresent(lines ->
        lines.accept(
            String.format(Locale.ROOT, "%12.3f ms  %s %x", now / MILLISECOND, what, detail)));
  }

  private void mix(long value) {
    digest = (digest ^ value) * PRIME;
    digest ^= digest >>> 29;
  }
}
