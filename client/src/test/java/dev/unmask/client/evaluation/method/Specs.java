package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.ModelKind;
import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.DecodingSpec;
import java.util.List;

/** Specs of settings, for tests. */
final class Specs {
  private Specs() {}

  static DecodingSpec of(ModelKind kind, String task, String... settings) {
    var given = Settings.parse(List.of(settings));
    return DecodingSettings.spec(given, given, new Subject(task, 128, kind));
  }
}
