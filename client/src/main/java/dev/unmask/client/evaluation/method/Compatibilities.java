package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.Compatibility;
import java.util.Optional;

/** Whose behaviour to follow, as a setting: ours, and no seed's. */
final class Compatibilities {
  private Compatibilities() {}

  /** What was asked for by name. */
  static Optional<Compatibility> given(Settings settings) {
    return settings
        .text("compatibility")
        .map(word ->
            switch (word) {
              case "unmask" -> Compatibility.COMPATIBILITY_UNMASK;
              case "fast_dllm" -> Compatibility.COMPATIBILITY_FAST_DLLM;
              case "d2cache" -> Compatibility.COMPATIBILITY_D2CACHE;
              case "sparse_dllm" -> Compatibility.COMPATIBILITY_SPARSE_DLLM;
              default -> throw new IllegalArgumentException("no compatibility " + word);
            });
  }
}
