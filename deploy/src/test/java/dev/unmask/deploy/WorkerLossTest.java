package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.unmask.client.ClientException;
import dev.unmask.client.local.Plan;
import dev.unmask.generation.v1.GenerateRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers are killed and stopped under requests that come steadily. */
@Timeout(300)
class WorkerLossTest {
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration NOTICED = Duration.ofSeconds(2);
  private static final int WARM = 4;

  @TempDir private static Path pages;
  private static Fleet fleet;

  @BeforeAll
  static void start() {
    fleet = Fleet.start(new Plan.Services(2, 1), pages, new SamePorts());
    fleet.awaitServing("worker-1");
    fleet.awaitServing("worker-2");
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void ask_workersKilledOneAfterTheOther_losesNothing() throws Exception {
    try (var traffic = Traffic.start(fleet.client(), INTERVAL, WorkerLossTest::request)) {
      await().atMost(Fleet.PATIENCE).until(() -> traffic.over() >= WARM);
      for (var worker : List.of("worker-1", "worker-2")) {
        awaitBusy(worker);
        fleet.kill(worker);
        fleet.relaunch(worker);
        fleet.awaitServing(worker);
      }
      var outcomes = traffic.end();
      Traffic.assertWhole(outcomes);
      assertThat(outcomes)
          .as("requests that were under way on a killed worker")
          .anyMatch(outcome -> outcome.answer().orElseThrow().usage().getReopened() > 0);
    }
  }

  @Test
  void ask_workerStopped_isNoticedWithinTwoSeconds() throws Exception {
    fleet.signal("worker-1", "STOP");
    try {
      long stopped = System.nanoTime();
      await().atMost(Fleet.PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> unreachable());
      assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(NOTICED);
    } finally {
      fleet.signal("worker-1", "CONT");
    }
    fleet.awaitServing("worker-1");
  }

  /** Whether the gateway sends a request that names worker-1 nowhere. */
  private static boolean unreachable() {
    var failure =
        catchThrowableOfType(
            ClientException.class,
            () -> {
              var request = Fleet.quick("worker-1", "1+1=");
              try (var generation = fleet.client().generate(request, Duration.ofMillis(50))) {
                generation.forEachRemaining(_ -> {});
              }
            });
    return failure != null && failure.code() == Status.Code.UNAVAILABLE;
  }

  private static void awaitBusy(String worker) {
    await()
        .atMost(Fleet.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> fleet.load(worker).getRunning() > 0);
  }

  private static GenerateRequest request(int number) {
    return Fleet.steady("Question: What is " + number + " and 7?\nAnswer:");
  }
}
