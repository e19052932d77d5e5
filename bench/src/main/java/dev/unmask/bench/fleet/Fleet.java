package dev.unmask.bench.fleet;

import dev.unmask.client.ClientException;
import dev.unmask.client.Credentials;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Role;
import dev.unmask.client.local.ServiceProcess;
import dev.unmask.contract.Limits;
import dev.unmask.generation.v1.GenerateRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A gateway and workers as processes, which divide the machine's cores, with a share for gateway
 * and clients. A worker can be killed, and comes back at its port.
 */
public final class Fleet implements AutoCloseable {
  private static final long ASK_AGAIN_NANOS = 100_000_000;

  private final OwnProcesses processes;
  private final Setup setup;
  private final List<Integer> ports = new ArrayList<>();
  private final List<ServiceProcess> workers = new ArrayList<>();
  private final ServiceProcess gateway;

  /**
   * What is started.
   *
   * @param flags file of JVM flags
   * @param model folder of the checkpoint
   * @param workers how many
   * @param worker settings that every worker has beside the usual ones
   * @param gateway settings that the gateway has beside the usual ones
   */
  public record Setup(
      Path flags,
      Path model,
      int workers,
      Map<String, Object> worker,
      Map<String, Object> gateway) {
    public Setup {
      worker = Map.copyOf(worker);
      gateway = Map.copyOf(gateway);
    }
  }

  private Fleet(Setup setup) throws IOException {
    this.processes = OwnProcesses.likeThis(setup.flags(), System.err, System.err::println);
    this.setup = setup;
    for (int number = 0; number < setup.workers(); number++) {
      ports.add(freePort());
      workers.add(launch(number));
    }
    var addresses = workers.stream().map(ServiceProcess::address).collect(Collectors.joining(","));
    gateway =
        processes.launch(
            Role.GATEWAY,
            "gateway",
            with(setup.gateway(), "grpc.server.port", 0, "unmask.gateway.workers", addresses));
  }

  /** Starts a cache-service, which its caller stops. */
  public static ServiceProcess cache(Path flags) throws IOException {
    var pages = Files.createTempDirectory("pages").toString();
    return OwnProcesses.likeThis(flags, System.err, System.err::println)
        .launch(
            Role.CACHE,
            "cache-service",
            Map.of("grpc.server.port", 0, "unmask.cache.directory", pages));
  }

  /** Starts all. */
  public static Fleet start(Setup setup) throws IOException {
    return new Fleet(setup);
  }

  /** A client of the gateway in plain text, whose caller closes it. */
  public UnmaskClient client() {
    return client(Credentials.none());
  }

  /** A client of the gateway, whose caller closes it. */
  public UnmaskClient client(Credentials credentials) {
    return UnmaskClient.connect(gateway.address(), credentials);
  }

  /** The gateway. */
  public ServiceProcess gateway() {
    return gateway;
  }

  /** A worker, counted from 0. */
  public ServiceProcess worker(int number) {
    return workers.get(number);
  }

  /** What a worker is called, counted from 0. */
  public static String name(int number) {
    return "worker-" + (number + 1);
  }

  /** SIGKILL, and the same worker anew. */
  public void killAndRelaunch(int number) {
    workers.get(number).handle().destroyForcibly();
    workers.get(number).handle().onExit().join();
    workers.set(number, launch(number));
  }

  /** Waits until all workers answer a request that names them. */
  public void awaitServing(UnmaskClient client, GenerateRequest request) {
    for (int number = 0; number < workers.size(); number++) {
      awaitServing(client, request.toBuilder().setWorker(name(number)));
    }
  }

  private static void awaitServing(UnmaskClient client, GenerateRequest.Builder named) {
    long end = System.nanoTime() + Limits.PROCESS_START_TIME.toNanos();
    while (!answers(client, named.build())) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(named.getWorker() + " does not answer");
      }
      LockSupport.parkNanos(ASK_AGAIN_NANOS);
    }
  }

  private static boolean answers(UnmaskClient client, GenerateRequest request) {
    try {
      return !client.ask(request, _ -> {}).tokens().isEmpty();
    } catch (ClientException e) {
      return false;
    }
  }

  private ServiceProcess launch(int number) {
    var settings =
        with(
            setup.worker(),
            "grpc.server.port",
            ports.get(number),
            "unmask.worker.name",
            name(number));
    settings.put("unmask.worker.models", setup.model().toString());
    int cores = Runtime.getRuntime().availableProcessors();
    settings.put("unmask.worker.threads", Math.max(1, cores / (setup.workers() + 1)));
    return processes.launch(Role.WORKER, name(number), settings);
  }

  private static Map<String, Object> with(
      Map<String, Object> others, String key, Object value, String key2, Object value2) {
    var all = new HashMap<>(others);
    all.put(key, value);
    all.put(key2, value2);
    return all;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    gateway.close();
    workers.forEach(ServiceProcess::close);
  }
}
