package dev.unmask.client.local;

import dev.unmask.client.ClientException;
import dev.unmask.client.UnmaskClient;
import dev.unmask.contract.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Cache-services, workers and a gateway that know each other. Closing it stops all. */
public final class Cluster implements AutoCloseable {
  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private final List<Service> services = new CopyOnWriteArrayList<>();
  private String gatewayAddress = "";

  private Cluster() {}

  /**
   * Starts all services and waits until the gateway takes calls; workers start side by side.
   *
   * @throws RuntimeException when one does not start; all others are stopped then
   */
  public static Cluster start(Plan plan, Host host) {
    var cluster = new Cluster();
    try {
      cluster.startAll(plan, host);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Where the gateway takes calls: {@code host:port}. */
  public String gatewayAddress() {
    return gatewayAddress;
  }

  /** Where the gateway serves HTTP, {@code host:port}. */
  public Optional<String> httpAddress() {
    return services.getLast().httpAddress();
  }

  /**
   * Waits until the gateway has heard from its workers.
   *
   * @throws IllegalStateException when it has not within {@link Limits#PROCESS_START_TIME}
   */
  public void awaitModels() {
    long end = System.nanoTime() + Limits.PROCESS_START_TIME.toNanos();
    try (var client = UnmaskClient.connect(gatewayAddress)) {
      while (!hasModels(client)) {
        if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
          throw new IllegalStateException("the gateway has not heard from any worker");
        }
        LockSupport.parkNanos(this, ASK_AGAIN.toNanos());
      }
    }
  }

  private static boolean hasModels(UnmaskClient client) {
    try {
      return !client.models().isEmpty();
    } catch (ClientException e) {
      return switch (e.code()) {
        // Just started on a busy machine, it may take longer than a client waits for facts.
        case UNAVAILABLE, DEADLINE_EXCEEDED -> false;
        default -> throw e;
      };
    }
  }

  /** The services, in the order they were launched. */
  public List<Service> services() {
    return List.copyOf(services);
  }

  /** Stops the services, the gateway first; once stopped, does nothing. */
  @Override
  public void close() {
    while (!services.isEmpty()) {
      services.removeLast().close();
    }
  }

  private void startAll(Plan plan, Host host) {
    var caches =
        addresses(
            IntStream.rangeClosed(1, plan.services().caches())
                .mapToObj(number -> launched(cache(plan, host, number)))
                .toList());
    var workers =
        addresses(
            IntStream.rangeClosed(1, plan.services().workers())
                .mapToObj(number -> launched(worker(plan, host, number, caches)))
                .toList());
    gatewayAddress =
        launched(host.launch(Role.GATEWAY, "gateway", plan.gateway(workers))).address();
  }

  private static List<String> addresses(List<Service> started) {
    return started.stream().map(Service::address).toList();
  }

  private static Service cache(Plan plan, Host host, int number) {
    return host.launch(Role.CACHE, plan.cacheName(number), plan.cache(number));
  }

  private static Service worker(Plan plan, Host host, int number, List<String> caches) {
    return host.launch(Role.WORKER, Plan.workerName(number), plan.worker(number, caches));
  }

  private Service launched(Service service) {
    services.add(service);
    return service;
  }
}
