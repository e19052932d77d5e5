package dev.unmask.client.local;

import dev.unmask.cache.CacheServer;
import dev.unmask.gateway.GatewayServer;
import dev.unmask.worker.WorkerServer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs services in this process, each with a context and a port of its own. */
public final class SharedProcess implements Host {
  @Override
  public Service launch(Role role, String name, Map<String, Object> settings) {
    return switch (role) {
      case CACHE -> {
        var server = CacheServer.start(settings);
        yield new Started(name, server.port(), server.httpPort(), server::close);
      }
      case WORKER -> {
        var server = WorkerServer.start(settings);
        yield new Started(name, server.port(), server.httpPort(), server::close);
      }
      case GATEWAY -> {
        var server = GatewayServer.start(settings);
        yield new Started(name, server.port(), server.httpPort(), server::close);
      }
    };
  }

  /** A service that was ready when its start returned. */
  private record Started(String name, int port, OptionalInt http, Runnable stop)
      implements Service {
    @Override
    public String address() {
      return "127.0.0.1:" + port;
    }

    @Override
    public Optional<String> httpAddress() {
      return http.stream().mapToObj(port -> "127.0.0.1:" + port).findFirst();
    }

    @Override
    public void close() {
      stop.run();
    }
  }
}
