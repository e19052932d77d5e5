package dev.unmask.client.local;

import dev.unmask.cache.CacheServer;
import dev.unmask.gateway.GatewayServer;
import dev.unmask.service.RunningService;
import dev.unmask.worker.WorkerServer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs services in this process, each with a context and a port of its own. */
public final class SharedProcess implements Host {
  @Override
  public Service launch(Role role, String name, Map<String, Object> settings) {
    return new Started(
        name,
        switch (role) {
          case CACHE -> CacheServer.start(settings);
          case WORKER -> WorkerServer.start(settings);
          case GATEWAY -> GatewayServer.start(settings);
        });
  }

  /** A service that was ready when its start returned. */
  private record Started(String name, RunningService server) implements Service {
    @Override
    public String address() {
      return here(server.port());
    }

    @Override
    public Optional<String> httpAddress() {
      return here(server.httpPort());
    }

    @Override
    public Optional<String> metricsAddress() {
      return here(server.metricsPort());
    }

    @Override
    public void close() {
      server.close();
    }

    private static Optional<String> here(OptionalInt port) {
      return port.stream().mapToObj(Started::here).findFirst();
    }

    private static String here(int port) {
      return "127.0.0.1:" + port;
    }
  }
}
