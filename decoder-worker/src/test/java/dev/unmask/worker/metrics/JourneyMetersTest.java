package dev.unmask.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.metrics.Metrics;
import dev.unmask.metrics.Scrape;
import dev.unmask.type.v1.PageEncoding;
import dev.unmask.type.v1.SharingMode;
import dev.unmask.worker.pages.choice.Decision;
import dev.unmask.worker.serving.exchange.Looked;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class JourneyMetersTest {
  private final AtomicLong time = new AtomicLong();

  @Test
  void looked_statesOfSeveralModes_countsTheDepthOfShallowHits() {
    try (var metrics = new Metrics()) {
      new JourneyMeters(metrics, time::get)
          .looked(
              0,
              List.of(
                  looked(0, SharingMode.SHARING_MODE_SHALLOW, 9),
                  looked(3, SharingMode.SHARING_MODE_SHALLOW, 6),
                  looked(4, SharingMode.SHARING_MODE_EXACT, 12)));
      var scrape = new Scrape(metrics.text());
      assertThat(scrape.value("unmask_shallow_reused_layers_count")).isOne();
      assertThat(scrape.value("unmask_shallow_reused_layers_sum")).isEqualTo(6);
    }
  }

  @Test
  void waiting_phaseOver_isTheTimeItTook() {
    try (var metrics = new Metrics()) {
      var phase = new JourneyMeters(metrics, time::get).waiting();
      time.addAndGet(40_000_000);
      phase.close();
      var scrape = new Scrape(metrics.text());
      assertThat(scrape.value("unmask_request_queue_time_seconds_sum")).isEqualTo(0.04);
      assertThat(scrape.value("unmask_request_queue_time_seconds_bucket{le=\"0.025\"}")).isZero();
      assertThat(scrape.value("unmask_request_queue_time_seconds_bucket{le=\"0.05\"}")).isOne();
    }
  }

  private static Looked looked(int hit, SharingMode mode, int layers) {
    return new Looked(
        hit,
        0,
        mode,
        layers,
        PageEncoding.PAGE_ENCODING_UNSPECIFIED,
        Decision.absent(Optional.empty()));
  }
}
