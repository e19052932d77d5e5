package dev.unmask.bench.faults;

import dev.unmask.client.ClientException;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Role;
import dev.unmask.client.local.ServiceProcess;
import dev.unmask.contract.Limits;
import dev.unmask.generation.v1.GenerateRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A gateway and two workers as processes; a worker can be killed, and comes back at its port. */
final class Workers implements AutoCloseable {
  private static final long ASK_AGAIN_NANOS = 100_000_000;

  private final OwnProcesses processes;
  private final Path model;
  private final List<Integer> ports = new ArrayList<>();
  private final List<ServiceProcess> workers = new ArrayList<>();
  private final ServiceProcess gateway;
  private final UnmaskClient client;

  /**
   * Starts all.
   *
   * @param flags file of JVM flags
   * @param model folder of the checkpoint
   */
  Workers(Path flags, Path model, int count) throws IOException {
    processes = OwnProcesses.likeThis(flags, System.err, System.err::println);
    this.model = model;
    for (int number = 0; number < count; number++) {
      ports.add(freePort());
      workers.add(launch(number));
    }
    gateway =
        processes.launch(
            Role.GATEWAY,
            "gateway",
            Map.of(
                "grpc.server.port",
                0,
                "unmask.gateway.workers",
                workers.stream().map(ServiceProcess::address).collect(Collectors.joining(","))));
    client = UnmaskClient.connect(gateway.address());
  }

  UnmaskClient client() {
    return client;
  }

  static String name(int number) {
    return "worker-" + (number + 1);
  }

  /** SIGKILL, and the same worker anew. */
  void killAndRelaunch(int number) {
    workers.get(number).handle().destroyForcibly();
    workers.get(number).handle().onExit().join();
    workers.set(number, launch(number));
  }

  /** Waits until a worker answers a request that names it. */
  void awaitServing(int number, GenerateRequest request) {
    var named = request.toBuilder().setWorker(name(number)).build();
    long end = System.nanoTime() + Limits.PROCESS_START_TIME.toNanos();
    while (!answers(named)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(name(number) + " does not answer");
      }
      LockSupport.parkNanos(ASK_AGAIN_NANOS);
    }
  }

  private boolean answers(GenerateRequest request) {
    try {
      return !client.ask(request, _ -> {}).tokens().isEmpty();
    } catch (ClientException e) {
      return false;
    }
  }

  private ServiceProcess launch(int number) {
    return processes.launch(
        Role.WORKER,
        name(number),
        Map.of(
            "grpc.server.port",
            ports.get(number),
            "unmask.worker.name",
            name(number),
            "unmask.worker.models",
            model.toString()));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    client.close();
    gateway.close();
    workers.forEach(ServiceProcess::close);
  }
}
