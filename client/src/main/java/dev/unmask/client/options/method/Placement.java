package dev.unmask.client.options.method;

import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Refuses an option that belongs to a choice that was not made, rather than to ignore it.
 *
 * @param line the command whose usage is wrong then
 */
public record Placement(CommandLine line) {
  /**
   * Sets what was given.
   *
   * @param chosen whether the choice it belongs to was made
   * @param complaint what to say otherwise, e.g. {@code --kp belongs to --cache dllm}
   * @throws ParameterException when it was given without that choice
   */
  public <T> void set(
      Optional<T> given, boolean chosen, String complaint, Consumer<? super T> setter) {
    given.ifPresent(value -> {
      require(chosen, complaint);
      setter.accept(value);
    });
  }

  /**
   * Passes when the choice was made.
   *
   * @throws ParameterException saying what is wrong
   */
  public void require(boolean chosen, String complaint) {
    if (!chosen) {
      throw new ParameterException(line, complaint);
    }
  }
}
