package dev.unmask.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  private final Metrics metrics = new Metrics();
  private final MetricsServer server =
      MetricsServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), metrics);
  private final URI base = URI.create("http://127.0.0.1:" + server.port());

  @AfterEach
  void stop() {
    server.close();
    metrics.close();
  }

  @Test
  void scrape_everyKindOfMeter_hasTheNameAndValueItWasGiven() {
    var kept = new AtomicLong(3);
    metrics.count("unmask_things_total", "Things.", kept::get, "kind", "good");
    metrics.seconds("unmask_busy_seconds_total", "Time.", () -> 1_500_000_000L);
    metrics.gauge("unmask_held_bytes", "Bytes.", () -> 7);
    metrics
        .timer("unmask_step_seconds", "Steps.", Duration.ofMillis(100), Duration.ofSeconds(1))
        .record(Duration.ofMillis(500));
    kept.set(5);

    var scrape = Scrape.of(base);

    assertThat(scrape.value("unmask_things_total{kind=\"good\"}")).isEqualTo(5);
    assertThat(scrape.value("unmask_busy_seconds_total")).isEqualTo(1.5);
    assertThat(scrape.value("unmask_held_bytes")).isEqualTo(7);
    assertThat(scrape.value("unmask_step_seconds_bucket{le=\"0.1\"}")).isZero();
    assertThat(scrape.value("unmask_step_seconds_bucket{le=\"1.0\"}")).isOne();
    assertThat(scrape.types())
        .containsOnlyKeys(
            "unmask_things_total",
            "unmask_busy_seconds_total",
            "unmask_held_bytes",
            "unmask_step_seconds")
        .containsEntry("unmask_things_total", "counter")
        .containsEntry("unmask_step_seconds", "histogram");
    assertThat(scrape.text())
        .contains("jvm_memory_used_bytes{", "process_cpu_usage ", "process_files_open_files ");
    assertThat(scrape.value("process_resident_memory_bytes"))
        .isBetween(32. * (1 << 20), 64. * (1 << 30));
  }

  @Test
  void get_otherPages_areNotThere() {
    assertThat(Scrape.get(base.resolve("/")).statusCode()).isEqualTo(404);
    assertThat(Scrape.get(base.resolve("/metrics/more")).statusCode()).isEqualTo(404);
  }

  @Test
  void start_portTaken_saysWhich() {
    var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    assertThatThrownBy(() -> MetricsServer.start(taken, metrics))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot serve metrics at")
        .hasMessageContaining(String.valueOf(server.port()));
  }
}
