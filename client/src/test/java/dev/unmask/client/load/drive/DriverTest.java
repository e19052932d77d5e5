package dev.unmask.client.load.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.unmask.client.Events;
import dev.unmask.client.FakeGateway;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.evaluation.run.FakeTicker;
import dev.unmask.client.evaluation.run.Ticker;
import dev.unmask.client.load.measure.Level;
import dev.unmask.client.load.measure.Load;
import dev.unmask.client.load.workload.Mix;
import dev.unmask.client.load.workload.PromptSource;
import dev.unmask.client.load.workload.Workload;
import dev.unmask.contract.Problem;
import dev.unmask.type.v1.DecodingSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DriverTest {
  private static final Workload WORKLOAD =
      new Workload(
          "mini",
          Mix.of(new PromptSource.RandomTokens(4, 100, List.of())),
          Optional.empty(),
          DecodingSpec.getDefaultInstance());

  /** Waiting takes no time on a fake clock, so that the schedule alone says who arrives when. */
  @Test
  void drive_rateForATime_countsArrivalsAfterTheWarmUp() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      var span = span(Duration.ofSeconds(30), Duration.ofSeconds(60), OptionalInt.empty());
      var level = drive(gateway, span, new FakeTicker(), new Load.Rate(5));
      assertThat(level.whole()).isTrue();
      assertThat(level.seconds()).isEqualTo(60);
      assertThat(level.counts().arrived()).isCloseTo(300, within(60L));
      assertThat(level.counts().completed()).isEqualTo(level.counts().arrived());
      assertThat(level.speed().sent()).isEqualTo(level.counts().arrived() / 60.0);
      assertThat(gateway.requests().size() - level.counts().arrived()).isCloseTo(150, within(50L));
    }
  }

  @Test
  void drive_rateForRequests_measuresAsMany() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      var level = drive(gateway, span(20), Ticker.ofSystem(), new Load.Rate(1000));
      assertThat(level.counts().arrived()).isEqualTo(20);
      assertThat(level.counts().completed()).isEqualTo(20);
      assertThat(level.work().tokens()).isEqualTo(60);
      assertThat(level.work().rowsShare()).isCloseTo(16.0 / 18, within(1e-9));
      assertThat(level.latencies().total().count()).isEqualTo(20);
      assertThat(level.lag().count()).isEqualTo(20);
      assertThat(gateway.requests()).hasSize(20).doesNotHaveDuplicates();
    }
  }

  @Test
  void drive_streams_takeTurnsUntilAllAreMeasured() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      var level = drive(gateway, span(50), Ticker.ofSystem(), new Load.Concurrency(4));
      assertThat(level.counts().completed()).isEqualTo(50);
      assertThat(level.counts().backlog()).isZero();
      assertThat(gateway.requests()).hasSize(50);
    }
  }

  @Test
  void drive_refusedStreams_waitAsTheServerSays() throws IOException {
    var busy = new Problem.Exhausted("no slot", Duration.ofMillis(700));
    try (var gateway = FakeGateway.refusing(busy)) {
      var ticker = new FakeTicker();
      var level = drive(gateway, span(6), ticker, new Load.Concurrency(2));
      assertThat(level.counts().refused()).isEqualTo(6);
      assertThat(level.failures())
          .singleElement()
          .satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("RESOURCE_EXHAUSTED");
            assertThat(failure.example()).contains("no slot");
          });
      assertThat(ticker.pauses()).hasSize(6).containsOnly(Duration.ofMillis(700));
    }
  }

  @Test
  void drive_serverThatNeverEnds_isCutOffAndCountedAsWaitedFor() throws IOException {
    try (var gateway = FakeGateway.stuckAfter(Events.answer().subList(0, 2))) {
      var drain = Duration.ofMillis(300);
      var span = span(OptionalInt.of(5), new Bounds(100, drain));
      var level = drive(gateway, span, Ticker.ofSystem(), new Load.Rate(1000));
      assertThat(level.whole()).isTrue();
      assertThat(level.counts().unfinished()).isEqualTo(5);
      assertThat(level.latencies().total().p50()).isGreaterThanOrEqualTo(300.0);
      assertThat(level.latencies().firstBlock().p50()).isGreaterThanOrEqualTo(300.0);
      assertThat(level.latencies().firstDelta().count()).isEqualTo(5);
      await().until(() -> gateway.cancelled().getCount() == 0);
    }
  }

  @Test
  void drive_tooManyUnderWay_areCountedAndNotSent() throws IOException {
    try (var gateway = FakeGateway.stuckAfter(List.of())) {
      var span = span(OptionalInt.of(10), new Bounds(3, Duration.ZERO));
      var level = drive(gateway, span, Ticker.ofSystem(), new Load.Rate(1000));
      assertThat(level.counts().arrived()).isEqualTo(10);
      assertThat(level.counts().notSent()).isEqualTo(7);
      assertThat(level.counts().unfinished()).isEqualTo(3);
    }
  }

  @Test
  void drive_interrupted_tellsWhatThereIs() throws Exception {
    try (var gateway = FakeGateway.stuckAfter(Events.answer().subList(0, 1))) {
      var level = new AtomicReference<Level>();
      var driving =
          Thread.ofVirtual()
              .start(() ->
                  level.set(drive(gateway, span(1000), Ticker.ofSystem(), new Load.Rate(1000))));
      await().until(() -> gateway.requests().size() > 5);
      driving.interrupt();
      driving.join();
      assertThat(level.get().whole()).isFalse();
      assertThat(level.get().counts().unfinished()).isGreaterThan(5);
      assertThat(level.get().latencies().total().count()).isZero();
      await().until(() -> gateway.cancelled().getCount() == 0);
    }
  }

  private static Level drive(FakeGateway gateway, Span span, Ticker ticker, Load load) {
    try (var client = UnmaskClient.connect(gateway.address())) {
      return new Driver(client, WORKLOAD, span, 42, ticker).drive(load);
    }
  }

  private static Span span(int requests) {
    return span(OptionalInt.of(requests), Bounds.LIMITS);
  }

  private static Span span(OptionalInt requests, Bounds bounds) {
    return new Span(Duration.ZERO, Duration.ofHours(1), requests, bounds);
  }

  private static Span span(Duration warmUp, Duration duration, OptionalInt requests) {
    return new Span(warmUp, duration, requests, Bounds.LIMITS);
  }
}
