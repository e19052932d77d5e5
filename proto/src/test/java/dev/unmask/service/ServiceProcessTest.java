package dev.unmask.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceProcessTest {
  @Test
  void settings_keysAndValues_splitAtTheFirstEqualsSign() {
    assertThat(ServiceProcess.settings("--grpc.server.port=0", "--unmask.worker.models=/a=b,/c"))
        .isEqualTo(Map.of("grpc.server.port", "0", "unmask.worker.models", "/a=b,/c"));
  }

  @Test
  void settings_somethingElse_isRefused() {
    assertThatThrownBy(() -> ServiceProcess.settings("--verbose"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--verbose");
  }
}
