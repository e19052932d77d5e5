package dev.unmask.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsSettingsTest {
  @Test
  void read_noPort_isNowhere() {
    assertThat(read(Map.of()).address()).isEmpty();
    assertThat(read(Map.of("unmask.metrics.port", " ")).address()).isEmpty();
  }

  @Test
  void read_port_isOnThisHostOnlyUnlessToldOtherwise() {
    var here = read(Map.of("unmask.metrics.port", "9303")).address().orElseThrow();
    assertThat(here.getAddress().isLoopbackAddress()).isTrue();
    assertThat(here.getPort()).isEqualTo(9303);
    var everywhere =
        read(Map.of("unmask.metrics.port", "0", "unmask.metrics.host", "0.0.0.0"))
            .address()
            .orElseThrow();
    assertThat(everywhere.getAddress().isAnyLocalAddress()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "http"})
  void read_noPortAtAll_namesSettingAndBound(String port) {
    assertThatThrownBy(() -> read(Map.of("unmask.metrics.port", port)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unmask.metrics.port must be a port, 0 to 65535, was " + port);
  }

  private static MetricsSettings read(Map<String, String> settings) {
    return MetricsSettings.read(key -> Optional.ofNullable(settings.get(key)));
  }
}
