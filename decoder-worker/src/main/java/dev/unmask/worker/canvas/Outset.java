package dev.unmask.worker.canvas;

import java.util.Optional;

/**
 * Where the decoding of a canvas begins.
 *
 * @param prompt token ids
 * @param given what is known of the generated part
 * @param resumption where another worker had come; empty: nowhere
 */
public record Outset(int[] prompt, Given given, Optional<Resumption> resumption) {
  /** With a prompt and masks. */
  public static Outset of(int... prompt) {
    return new Outset(prompt, Given.NOTHING, Optional.empty());
  }

  /** The same with some of the masks known. */
  public Outset with(Given known) {
    return new Outset(prompt, known, resumption);
  }

  /** The same where another worker had come. */
  public Outset from(Resumption there) {
    return new Outset(prompt, given, Optional.of(there));
  }

  /** Whether all of the generated part is masked, so that the first forward follows the prompt. */
  public boolean plain() {
    return given.nothing() && resumption.isEmpty();
  }
}
