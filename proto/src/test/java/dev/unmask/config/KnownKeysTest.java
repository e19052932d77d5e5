package dev.unmask.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
  private static final KnownKeys KEYS =
      new KnownKeys(
          Set.of("unmask\\.gateway\\.workers(\\[\\d+])?", "unmask\\.gateway\\.namespace"),
          Set.of("unmask.gateway.workers", "unmask.gateway.namespace"));

  @Test
  void check_knownKeys_passes() {
    assertThatCode(
            () -> KEYS.check(List.of("unmask.gateway.workers[3]", "unmask.gateway.namespace")))
        .doesNotThrowAnyException();
  }

  @Test
  void check_unknownKey_namesItAndTheNearest() {
    assertThatThrownBy(
            () -> KEYS.check(List.of("unmask.gateway.namespace", "unmask.gateway.worker")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown setting unmask.gateway.worker; did you mean unmask.gateway.workers?");
  }

  @Test
  void check_severalUnknownKeys_namesTheFirstByName() {
    assertThatThrownBy(() -> KEYS.check(List.of("unmask.z", "unmask.gateway.namespac")))
        .hasMessageContaining("unmask.gateway.namespac;");
  }

  @Test
  void of_settingsWithPlaceholders_matchesWhatTheyStandFor() {
    var keys =
        KnownKeys.of(
            List.of(
                new Setting("unmask.cache.quotas.NAMESPACE", "bytes", "", "", ""),
                new Setting("unmask.cache.slabs[0].slot-bytes", "bytes", "", "", ""),
                new Setting("unmask.worker.models", Setting.LIST, "", "", "")));
    assertThatCode(() ->
            keys.check(
                List.of(
                    "unmask.cache.quotas.team-a",
                    "unmask.cache.slabs[12].slot-bytes",
                    "unmask.worker.models",
                    "unmask.worker.models[1]")))
        .doesNotThrowAnyException();
    for (var other : List.of("unmask.cache.quotas.A", "unmask.cache.slabs[0]", "unmaskxcache")) {
      assertThatThrownBy(() -> keys.check(List.of(other))).hasMessageContaining(other);
    }
  }
}
