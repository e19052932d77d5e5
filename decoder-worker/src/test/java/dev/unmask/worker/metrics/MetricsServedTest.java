package dev.unmask.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.unmask.cache.CacheServer;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.metrics.DocumentedMetrics;
import dev.unmask.metrics.Scrape;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.SharingMode;
import dev.unmask.type.v1.Usage;
import dev.unmask.worker.WorkerServer;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code /metrics} of workers of a block-causal model that share a cache-service. */
@Timeout(180)
class MetricsServedTest {
  private static final String MODEL = "unmask-mini-block";
  private static final String OF_MODEL = "{model=\"" + MODEL + "\"}";

  @TempDir private static Path directory;
  private static CacheServer cache;
  private static Worker one;
  private static Worker two;

  private record Worker(WorkerServer server, ManagedChannel channel) implements AutoCloseable {
    static Worker start(String name) {
      var settings = new HashMap<String, Object>();
      settings.put("grpc.server.port", 0);
      settings.put("unmask.metrics.port", 0);
      settings.put("unmask.worker.name", name);
      settings.put("unmask.worker.models", "../models/" + MODEL);
      settings.put("unmask.worker.threads", 1);
      settings.put("unmask.worker.slots", 3);
      settings.put("unmask.worker.cache", "127.0.0.1:" + cache.port());
      settings.put("unmask.worker.fetch", "always");
      settings.put("unmask.worker.namespaces.default", "a secret that both share");
      var server = WorkerServer.start(settings);
      return new Worker(
          server,
          ManagedChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build());
    }

    Usage ask(String prompt) {
      var request =
          DecodeRequest.newBuilder()
              .setRequestId("request")
              .setModel(MODEL)
              .setNamespace("default")
              .setPrompt(Prompt.newBuilder().setText(prompt))
              .build();
      var events =
          DecoderServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(1, TimeUnit.MINUTES)
              .decode(request);
      var last = DecodeResponse.getDefaultInstance();
      while (events.hasNext()) {
        last = events.next();
      }
      return last.getClosed().getUsage();
    }

    Scrape scrape() {
      return Scrape.of(URI.create("http://127.0.0.1:" + server.metricsPort().orElseThrow()));
    }

    @Override
    public void close() {
      channel.shutdownNow();
      server.close();
    }
  }

  @BeforeAll
  static void start() {
    cache =
        CacheServer.start(
            new HashMap<>(
                Map.of("unmask.cache.directory", directory.toString(), "grpc.server.port", 0)));
    one = Worker.start("one");
    two = Worker.start("two");
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    cache.close();
  }

  @Test
  void scrape_everyMetric_isInTheDocumentAndNoOther() {
    assertThat(one.scrape().types()).isEqualTo(DocumentedMetrics.of("Decoder worker")).isNotEmpty();
  }

  @Test
  void scrape_afterARequest_countsWhatItsUsageSays() {
    var before = one.scrape();
    var usage = one.ask("- Mara: baker, room 17, 31 years\n".repeat(10));
    var after = one.scrape();

    assertThat(more(before, after, "unmask_requests_decoded_total")).isOne();
    assertThat(more(before, after, "unmask_rows_computed_total"))
        .isEqualTo((double) usage.getRowsComputed());
    assertThat(more(before, after, "unmask_rows_uncached_total"))
        .isEqualTo((double) usage.getRowsUncached())
        .isPositive();
    assertThat(more(before, after, "unmask_steps_total")).isEqualTo(usage.getSteps());
    assertThat(more(before, after, "unmask_step_seconds_count")).isEqualTo(usage.getSteps());
    assertThat(more(before, after, "unmask_forward_seconds_count")).isEqualTo(usage.getSteps());
    assertThat(more(before, after, "unmask_forward_steps_sum")).isEqualTo(usage.getSteps());
    assertThat(more(before, after, "unmask_forward_seconds_sum"))
        .isPositive()
        .isCloseTo(more(before, after, "unmask_device_busy_seconds_total"), within(1e-6));
    assertThat(after.value("unmask_steps_failed_total")).isZero();
    assertThat(after.value("unmask_slots")).isEqualTo(3);
    assertThat(after.value("unmask_num_requests_waiting")).isZero();
    assertThat(after.value("unmask_kv_pool_capacity_bytes" + OF_MODEL))
        .isGreaterThan(after.value("unmask_kv_pool_retained_bytes" + OF_MODEL));
  }

  @Test
  void scrape_stateOfAnotherWorker_isHitByMode() {
    var document = "- Tina: driver, room 498, 39 years\n".repeat(12);
    var before = one.scrape();
    var computed = one.ask(document);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            more(before, one.scrape(), "unmask_pages_published_total")
                >= computed.getPagesMissed());
    var beforeFetch = two.scrape();
    var fetched = two.ask(document);
    var after = two.scrape();

    assertThat(computed.getPagesHit()).isZero();
    assertThat(computed.getPagesMissed()).isPositive();
    assertThat(fetched.getSharingMode()).isEqualTo(SharingMode.SHARING_MODE_BLOCK_CAUSAL);
    assertThat(more(beforeFetch, after, "unmask_pages_hit_total{mode=\"block_causal\"}"))
        .isEqualTo(fetched.getPagesHit())
        .isPositive();
    assertThat(more(before, one.scrape(), "unmask_pages_missed_total{mode=\"block_causal\"}"))
        .isEqualTo(computed.getPagesMissed());
    assertThat(more(beforeFetch, after, "unmask_sharing_choices_total{choice=\"fetch\"}"))
        .isPositive();
    assertThat(more(before, one.scrape(), "unmask_leases_total{outcome=\"granted\"}")).isPositive();
    assertThat(more(before, one.scrape(), "unmask_lease_seconds_total")).isPositive();
  }

  @Test
  void scrape_requestThatBeginsLikeAnEarlierOne_copiesWhatWasRetained() {
    var document = "- Olaf: painter, room 230, 54 years\n".repeat(12);
    var before = one.scrape();
    one.ask(document);
    var kept = one.scrape();
    var second = one.ask(document);
    var after = one.scrape();

    assertThat(kept.value("unmask_retained_prefixes" + OF_MODEL)).isPositive();
    assertThat(kept.value("unmask_kv_pool_retained_bytes" + OF_MODEL)).isPositive();
    assertThat(more(before, kept, "unmask_retained_hits_total" + OF_MODEL)).isZero();
    assertThat(more(kept, after, "unmask_retained_hits_total" + OF_MODEL)).isOne();
    assertThat(more(kept, after, "unmask_retained_positions_copied_total" + OF_MODEL))
        .isEqualTo(second.getPositionsReusedDevice())
        .isPositive();
  }

  private static double more(Scrape before, Scrape after, String series) {
    return after.value(series) - before.value(series);
  }
}
