package dev.unmask.deploy.soak;

import dev.unmask.deploy.Fleet;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Does a fleet harm, over and over: once in five minutes its second worker is killed, its second
 * cache-service is killed, and its second worker stands still for three seconds. What is killed is
 * started again. The first of each lives on.
 */
final class Harm implements AutoCloseable {
  private static final long PERIOD_SECONDS = 300;
  private static final long STILL_SECONDS = 3;

  private final Fleet fleet;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  private Harm(Fleet fleet) {
    this.fleet = fleet;
  }

  static Harm to(Fleet fleet) {
    var harm = new Harm(fleet);
    harm.every(60, () -> harm.restart("worker-2"));
    harm.every(150, () -> harm.restart("cache-service-2"));
    harm.every(240, () -> harm.signal("STOP"));
    harm.every(240 + STILL_SECONDS, () -> harm.signal("CONT"));
    return harm;
  }

  private void every(long firstSeconds, Runnable deed) {
    var _ = clock.scheduleAtFixedRate(deed, firstSeconds, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  private void restart(String service) {
    fleet.kill(service);
    fleet.relaunch(service);
  }

  private void signal(String name) {
    try {
      fleet.signal("worker-2", name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
