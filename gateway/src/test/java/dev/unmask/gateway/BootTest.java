package dev.unmask.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootTest {
  @Test
  void start_unknownKey_failsNamingTheNearest() {
    assertThatThrownBy(() ->
            GatewayServer.start(
                Map.of("grpc.server.port", 0, "unmask.gateway.worker", "127.0.0.1:1")))
        .rootCause()
        .hasMessage("unknown setting unmask.gateway.worker; did you mean unmask.gateway.workers?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unmask.gateway.workers         | nowhere         | must be host:port, dns:///name:port or xds:///service, was nowhere",
        "unmask.gateway.workers         | 127.0.0.1:70000 | must be host:port, dns:///name:port or xds:///service, was 127.0.0.1:70000",
        "unmask.gateway.workers         | dns:///nowhere  | must be host:port, dns:///name:port or xds:///service, was dns:///nowhere",
        "unmask.gateway.workers         | xds:///a/b      | must be host:port, dns:///name:port or xds:///service, was xds:///a/b",
        "unmask.gateway.workers         | dns://a:1       | must be host:port, dns:///name:port or xds:///service, was dns://a:1",
        "unmask.gateway.workers         | ::1:7303        | must be host:port, dns:///name:port or xds:///service, was ::1:7303",
        "unmask.gateway.workers         | a:1,a:1         | must name each worker once",
        "unmask.gateway.discovery-interval | 999ms        | must be 1s to 1h",
        "unmask.gateway.poll-interval   | 1ms             | must be at least 10ms",
        "unmask.gateway.affinity-margin | -1              | must be 0 or more",
        "unmask.gateway.namespace       | Mine            | [a-z0-9-], was Mine"
      })
  void start_wrongValue_failsNamingKeyAndBound(String key, String value, String bound) {
    assertThatThrownBy(() -> GatewayServer.start(Map.of("grpc.server.port", 0, key, value)))
        .hasStackTraceContaining(key)
        .hasStackTraceContaining(bound);
  }

  @Test
  void start_twoInOneProcess_haveTheirOwnPorts() {
    var settings = Map.<String, Object>of("grpc.server.port", 0, "micronaut.server.port", 0);
    try (var one = GatewayServer.start(settings);
        var two = GatewayServer.start(settings)) {
      assertThat(one.port()).isPositive().isNotEqualTo(two.port());
      assertThat(one.httpPort().orElseThrow())
          .isPositive()
          .isNotEqualTo(two.httpPort().orElseThrow());
    }
  }

  @Test
  void start_httpSwitchedOff_hasNoPortForIt() {
    try (var gateway =
        GatewayServer.start(Map.of("grpc.server.port", 0, "unmask.gateway.http", false))) {
      assertThat(gateway.httpPort()).isEmpty();
    }
  }
}
