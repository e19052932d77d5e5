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
}
