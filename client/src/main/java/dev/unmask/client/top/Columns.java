package dev.unmask.client.top;

import static dev.unmask.client.top.scrape.Change.over;

import dev.unmask.client.top.scrape.Change;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What is told of each kind of service, what matters most first: the last do not always fit. */
final class Columns {
  private static final String TTFT = "unmask_time_to_first_token_seconds";
  private static final Column MEMORY =
      new Column("MEMORY", of -> Figure.bytes(of.value("process_resident_memory_bytes")));

  private Columns() {}

  static List<Column> of(Target.Kind kind) {
    return switch (kind) {
      case GATEWAY -> gateway();
      case WORKER -> worker();
      case CACHE -> cache();
    };
  }

  private static List<Column> gateway() {
    return List.of(
        new Column("REQ/S", of -> Figure.rate(of.rate("unmask_requests_total"))),
        new Column("WAITING", of -> Figure.count(of.value("unmask_gateway_requests_waiting"))),
        new Column("SENT", of -> Figure.count(of.value("unmask_gateway_requests_sent"))),
        new Column("REFUSED/S", of -> Figure.rate(of.rate("unmask_requests_refused_total"))),
        new Column("TTFT-P50", of -> Figure.seconds(of.quantile(TTFT, 0.5))),
        new Column("TTFT-P99", of -> Figure.seconds(of.quantile(TTFT, 0.99))),
        new Column("TOKENS/S", of -> Figure.rate(of.rate("unmask_generation_tokens_total"))),
        new Column("WORKERS", Columns::workers),
        new Column("REOPENED/S", of -> Figure.rate(of.rate("unmask_requests_reopened_total"))),
        MEMORY);
  }

  private static List<Column> worker() {
    return List.of(
        new Column(
            "RUNNING",
            of ->
                Figure.of(
                    Figure.count(of.value("unmask_num_requests_running")),
                    Figure.count(of.value("unmask_slots")))),
        new Column("WAITING", of -> Figure.count(of.value("unmask_num_requests_waiting"))),
        new Column("FORWARDS/S", of -> Figure.rate(of.rate("unmask_forward_seconds_count"))),
        new Column(
            "STEPS/FWD",
            of -> Figure.rate(of.ratio("unmask_forward_steps_sum", "unmask_forward_steps_count"))),
        new Column(
            "ROWS",
            of ->
                Figure.share(of.ratio("unmask_rows_computed_total", "unmask_rows_uncached_total"))),
        new Column("TOKENS/S", of -> Figure.rate(of.rate("unmask_tokens_committed_total"))),
        new Column(
            "KV",
            of ->
                Figure.of(
                    Figure.bytes(of.value("unmask_kv_pool_used_bytes")),
                    Figure.bytes(of.value("unmask_kv_pool_capacity_bytes")))),
        new Column("IDLE", of -> Figure.share(idle(of))),
        new Column("HIT", of -> Figure.share(hits(of))),
        MEMORY);
  }

  private static List<Column> cache() {
    return List.of(
        new Column(
            "USED",
            of ->
                Figure.of(
                    Figure.bytes(of.value("unmask_cache_used_bytes")),
                    Figure.bytes(of.value("unmask_cache_capacity_bytes")))),
        new Column("HIT", of -> Figure.share(found(of))),
        new Column("EVICTED/S", of -> Figure.rate(of.rate("unmask_cache_evicted_states_total"))),
        new Column("READ-MB/S", of -> Figure.rate(megabytes(of, "unmask_cache_read_bytes_total"))),
        new Column(
            "WRITTEN-MB/S", of -> Figure.rate(megabytes(of, "unmask_cache_written_bytes_total"))),
        new Column("LEASES", of -> Figure.count(of.value("unmask_cache_leases_held"))),
        MEMORY);
  }

  private static String workers(Change of) {
    var reachable = of.value("unmask_gateway_workers", Map.of("state", "reachable"));
    return Figure.of(Figure.count(reachable), Figure.count(of.value("unmask_gateway_workers")));
  }

  /** Of the time that requests ran, what the device spent between forwards. */
  private static OptionalDouble idle(Change of) {
    var idle = of.more("unmask_device_idle_seconds_total");
    return over(idle, sum(idle, of.more("unmask_device_busy_seconds_total")));
  }

  private static OptionalDouble hits(Change of) {
    var hits = of.more("unmask_pages_hit_total");
    return over(hits, sum(hits, of.more("unmask_pages_missed_total")));
  }

  private static OptionalDouble found(Change of) {
    return over(
        of.more("unmask_cache_lookups_total", Map.of("result", "found")),
        of.more("unmask_cache_lookups_total"));
  }

  private static OptionalDouble megabytes(Change of, String bytes) {
    return over(of.rate(bytes), OptionalDouble.of(1e6));
  }

  private static OptionalDouble sum(OptionalDouble one, OptionalDouble other) {
    return one.isEmpty() || other.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(one.getAsDouble() + other.getAsDouble());
  }
}
