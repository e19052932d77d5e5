package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.DecodingSpec;

/**
 * The decoding that settings stand for. Below what was given lie the defaults of the project whose
 * names are used; what was given wins, also where it equals a default (d2Cache takes such a value
 * for one that was not given).
 */
public final class DecodingSettings {
  private DecodingSettings() {}

  /**
   * The spec.
   *
   * @param own settings that must matter: one that nothing reads is refused
   * @param all these and those below them
   * @throws IllegalArgumentException naming the setting that does not fit, and why
   */
  public static DecodingSpec spec(Settings own, Settings all, Subject subject) {
    return switch (all.dialect()) {
      case ANY, D2CACHE -> {
        Relevance.check(own, all);
        yield SeedSpec.of(all, subject);
      }
      case FAST_DLLM, DLLM_CACHE -> FlatSpec.of(all, subject);
    };
  }
}
