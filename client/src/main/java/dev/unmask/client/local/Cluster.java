package dev.unmask.client.local;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** A cache-service, workers and a gateway that know each other. Closing it stops all. */
public final class Cluster implements AutoCloseable {
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
    var cache = launched(host.launch(Role.CACHE, "cache-service", plan.cache())).address();
    var workers =
        IntStream.rangeClosed(1, plan.workers())
            .mapToObj(number -> launched(worker(plan, host, number, cache)))
            .toList();
    var addresses = workers.stream().map(Service::address).toList();
    gatewayAddress =
        launched(host.launch(Role.GATEWAY, "gateway", plan.gateway(addresses))).address();
  }

  private static Service worker(Plan plan, Host host, int number, String cache) {
    return host.launch(Role.WORKER, Plan.workerName(number), plan.worker(number, cache));
  }

  private Service launched(Service service) {
    services.add(service);
    return service;
  }
}
