package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import dev.unmask.client.ClientException;
import dev.unmask.client.Generation;
import dev.unmask.client.Transcript;
import dev.unmask.type.v1.SharingMode;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
  private static final String QUESTION =
      "Question: A shelf holds 9 boxes of 11 books. 32 books are lent. How many are left?\nAnswer:";

  @TempDir private Path pages;

  @Test
  void ask_sameOnAnotherWorker_hitsItsPagesAndGivesTheSameTokens() {
    try (var fleet = Fleet.start(2, pages)) {
      var computed = fleet.ask("worker-1", QUESTION);
      fleet.awaitPublished();
      var shared = fleet.ask("worker-2", QUESTION);
      assertThat(computed.opened().getWorker()).isEqualTo("worker-1");
      assertThat(shared.opened().getWorker()).isEqualTo("worker-2");
      assertThat(computed.usage().getPagesHit()).isZero();
      assertThat(shared.usage().getPagesHit()).isPositive();
      assertThat(shared.usage().getSharingMode()).isEqualTo(SharingMode.SHARING_MODE_EXACT);
      assertThat(shared.tokens()).isEqualTo(computed.tokens());
      assertThat(shared.text()).isEqualTo(computed.text());
    }
  }

  @Test
  void ask_cacheServiceKilledInMidRun_givesTheSameTokens() {
    try (var fleet = Fleet.start(1, pages)) {
      var undisturbed = fleet.client().ask(Fleet.slow("", QUESTION), _ -> {});
      var transcript = new Transcript();
      try (var generation = fleet.client().generate(Fleet.slow("", QUESTION))) {
        for (int i = 0; i < 3; i++) {
          transcript.add(generation.next());
        }
        fleet.kill("cache-service");
        generation.forEachRemaining(transcript::add);
      }
      assertThat(transcript.answer().tokens()).isEqualTo(undisturbed.tokens());
      assertThat(fleet.ask("", QUESTION).tokens()).isNotEmpty();
    }
  }

  @Test
  void ask_workerKilledInMidRun_isUnavailableAndSaysWhenToRetry() {
    try (var fleet = Fleet.start(1, pages);
        var generation = fleet.client().generate(Fleet.slow("", QUESTION))) {
      assertThat(generation.next().hasOpened()).isTrue();
      fleet.kill("worker-1");
      var failure = catchThrowableOfType(ClientException.class, () -> drain(generation));
      assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(failure.retryAfter()).isPresent();
      assertThat(failure).hasMessageContaining("worker-1");
    }
  }

  @Test
  void cancel_generationUnderWay_freesItsSlot() {
    try (var fleet = Fleet.start(1, pages);
        var generation = fleet.client().generate(Fleet.slow("", QUESTION))) {
      assertThat(generation.next().hasOpened()).isTrue();
      assertThat(generation.next().hasDelta()).isTrue();
      assertThat(fleet.load("worker-1").getRunning()).isEqualTo(1);
      generation.cancel();
      var median = Durations.toNanos(fleet.load("worker-1").getMedianStep());
      long start = System.nanoTime();
      await()
          .pollInterval(Duration.ofMillis(10))
          .atMost(Fleet.PATIENCE)
          .until(() -> fleet.load("worker-1").getRunning() == 0);
      assertThat(System.nanoTime() - start)
          .as("a few steps at most, of the 256 that were left")
          .isLessThan(Math.max(32 * median, Duration.ofSeconds(1).toNanos()));
    }
  }

  private static void drain(Generation generation) {
    generation.forEachRemaining(_ -> {});
  }
}
