package dev.unmask.bench.simulation.link;

import dev.unmask.bench.simulation.time.Host;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** The services of one process, and the calls it has. */
public final class Server {
  private final Host host;
  private final Executor executor;
  private final Map<String, ServerMethodDefinition<?, ?>> methods = new HashMap<>();
  private final Set<Connection> connections = new LinkedHashSet<>();

  /**
   * A process that serves.
   *
   * @param executor runs callbacks
   */
  public Server(Host host, Executor executor, List<ServerServiceDefinition> services) {
    this.host = host;
    this.executor = executor;
    services.stream()
        .flatMap(service -> service.getMethods().stream())
        .forEach(method -> methods.put(method.getMethodDescriptor().getFullMethodName(), method));
  }

  Host host() {
    return host;
  }

  Executor executor() {
    return executor;
  }

  Optional<ServerMethodDefinition<?, ?>> method(String name) {
    return Optional.ofNullable(methods.get(name));
  }

  void accepted(Connection call) {
    connections.add(call);
  }

  void over(Connection call) {
    connections.remove(call);
  }

  /** Calls under way. */
  public int calls() {
    return connections.size();
  }

  /** The process dies: its calls break, and its threads end. */
  public void die() {
    host.die();
    List.copyOf(connections).forEach(Connection::broken);
  }
}
