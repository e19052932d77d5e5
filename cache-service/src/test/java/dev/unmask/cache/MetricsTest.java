package dev.unmask.cache;

import static dev.unmask.cache.RunningCache.NAMESPACE;
import static dev.unmask.cache.RunningCache.chunks;
import static dev.unmask.cache.RunningCache.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.metrics.DocumentedMetrics;
import dev.unmask.metrics.Scrape;
import dev.unmask.pagecache.v1.AcquireLeaseRequest;
import dev.unmask.pagecache.v1.LeaseServiceGrpc;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /metrics} after real calls. */
final class MetricsTest {
  private static final int SLOT = 20 << 10;
  private static final int LENGTH = 10_000;

  @TempDir private Path directory;
  private RunningCache cache;

  @BeforeEach
  void start() {
    cache =
        RunningCache.with(
            directory,
            Map.of("unmask.metrics.port", 0, "unmask.cache.quotas." + NAMESPACE, 2L * SLOT));
  }

  @AfterEach
  void stop() {
    cache.close();
  }

  @Test
  void scrape_everyMetric_isInTheDocumentAndNoOther() {
    assertThat(scrape().types()).isEqualTo(DocumentedMetrics.of("Cache-service")).isNotEmpty();
  }

  @Test
  void scrape_afterWritesAndReads_countsPagesAndBytes() throws Exception {
    write(1);
    write(1);
    cache.calls().readPages(read(1, 2)).forEachRemaining(_ -> {});

    var scrape = scrape();

    assertThat(scrape.value("unmask_cache_pages{slot_bytes=\"20480\"}")).isOne();
    assertThat(scrape.value("unmask_cache_used_bytes{slot_bytes=\"20480\"}")).isEqualTo(SLOT);
    assertThat(scrape.value("unmask_cache_capacity_bytes{slot_bytes=\"20480\"}"))
        .isGreaterThan(60 << 20);
    assertThat(scrape.value("unmask_cache_writes_total{result=\"stored\"}")).isOne();
    assertThat(scrape.value("unmask_cache_writes_total{result=\"present\"}")).isOne();
    assertThat(scrape.value("unmask_cache_written_bytes_total")).isEqualTo(LENGTH);
    assertThat(scrape.value("unmask_cache_read_bytes_total")).isEqualTo(LENGTH);
    assertThat(scrape.value("unmask_cache_lookups_total{result=\"found\"}")).isOne();
    assertThat(scrape.value("unmask_cache_lookups_total{result=\"absent\"}")).isOne();
    assertThat(scrape.value("unmask_cache_namespace_bytes{namespace=\"alice\"}")).isEqualTo(SLOT);
    assertThat(scrape.value("unmask_cache_namespace_bytes{namespace=\"other\"}")).isZero();
  }

  @Test
  void scrape_namespaceAboveItsQuota_countsWhatItGaveUp() throws Exception {
    for (long state = 1; state <= 3; state++) {
      write(state);
    }

    var scrape = scrape();

    assertThat(
            scrape.value(
                "unmask_cache_evicted_states_total{namespace=\"alice\",policy=\"s3-fifo\"}"))
        .isOne();
    assertThat(
            scrape.value(
                "unmask_cache_evicted_states_total{namespace=\"other\",policy=\"s3-fifo\"}"))
        .isZero();
    assertThat(scrape.value("unmask_cache_namespace_bytes{namespace=\"alice\"}"))
        .isEqualTo(2 * SLOT);
  }

  @Test
  void scrape_leaseHeld_isShown() {
    LeaseServiceGrpc.newBlockingStub(cache.channel())
        .acquireLease(
            AcquireLeaseRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setState(Pages.key(7).toMessage())
                .setTerm(com.google.protobuf.Duration.newBuilder().setSeconds(30))
                .build());

    assertThat(scrape().value("unmask_cache_leases_held")).isOne();
    assertThat(scrape().value("unmask_cache_leases_waiting")).isZero();
  }

  @Test
  void start_wrongPort_namesTheSetting() {
    var settings = RunningCache.settings(directory.resolve("other"));
    settings.put("unmask.metrics.port", 70_000);
    assertThatThrownBy(() -> CacheServer.start(settings))
        .hasStackTraceContaining("unmask.metrics.port must be a port, 0 to 65535, was 70000");
  }

  private void write(long number) throws Exception {
    Writing.write(cache, chunks(Pages.key(number), Pages.record(number, LENGTH)));
  }

  private Scrape scrape() {
    return Scrape.of(URI.create("http://127.0.0.1:" + cache.metricsPort()));
  }
}
