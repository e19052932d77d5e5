package dev.unmask.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingTest {
  private static final long PATIENCE_MILLIS = 20_000;

  @Test
  void start_noEndpoint_hasNoThreadAndInterceptsNothing() {
    try (var tracing = Tracing.start(read(Map.of()), "x", "")) {
      assertThat(tracing.on()).isFalse();
      assertThat(tracing.server(Set.of(), CallNotes.NONE)).isEmpty();
      assertThat(tracing.clients()).isEmpty();
      assertThat(exporters()).isEmpty();
      assertThat(Trace.current()).isSameAs(Trace.NONE);
      assertThat(Trace.NONE.part("anything").startSpan().isRecording()).isFalse();
    }
  }

  @Test
  void start_endpoint_hasAThreadUntilItIsClosed() throws InterruptedException {
    var settings = read(Map.of("unmask.tracing.endpoint", "http://127.0.0.1:1/v1/traces"));
    List<Thread> exporters;
    try (var tracing = Tracing.start(settings, "x", "one")) {
      assertThat(tracing.on()).isTrue();
      exporters = exporters();
      assertThat(exporters).hasSize(1);
      tracing.tracer().spanBuilder("lost").startSpan().end();
    }
    exporters.getFirst().join(PATIENCE_MILLIS);
    assertThat(exporters()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "unmask.tracing.endpoint, nowhere, a URL of http or https",
    "unmask.tracing.endpoint, grpc://x:4317, a URL of http or https",
    "unmask.tracing.endpoint, http://a b, a URL of http or https",
    "unmask.tracing.sample-ratio, 1.5, 0 to 1",
    "unmask.tracing.sample-ratio, NaN, 0 to 1",
    "unmask.tracing.sample-ratio, all, 0 to 1"
  })
  void read_wrongValue_namesSettingAndBound(String key, String value, String bound) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of(key, value)))
        .withMessage(key + " must be " + bound + ", was " + value);
  }

  private static List<Thread> exporters() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("BatchSpanProcessor"))
        .toList();
  }

  private static TracingSettings read(Map<String, String> settings) {
    return TracingSettings.read(key -> Optional.ofNullable(settings.get(key)));
  }
}
