package dev.unmask.deploy.soak;

import dev.unmask.client.ClientException;
import dev.unmask.client.UnmaskClient;
import dev.unmask.deploy.Fleet;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A client that asks for long answers and does not wait for them. */
final class Impatience implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(7);
  private static final Duration PATIENCE = Duration.ofMillis(400);

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  Impatience(UnmaskClient client) {
    var _ =
        clock.scheduleAtFixedRate(
            () -> leave(client), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void leave(UnmaskClient client) {
    try (var generation = client.generate(Fleet.slow("", "Count to 100."), PATIENCE)) {
      generation.forEachRemaining(_ -> {});
    } catch (ClientException e) {
      if (e.code() != Status.Code.DEADLINE_EXCEEDED) {
        System.err.println("an impatient client was told " + e.code());
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
