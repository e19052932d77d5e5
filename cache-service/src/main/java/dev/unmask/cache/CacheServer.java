package dev.unmask.cache;

import dev.unmask.logging.LogSettings;
import dev.unmask.metrics.MetricsServer;
import dev.unmask.service.RunningService;
import dev.unmask.service.ServiceProcess;
import io.micronaut.context.ApplicationContext;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The cache-service as a thing that starts and stops. Several may live in one JVM, each with its
 * own directory and port.
 */
public final class CacheServer implements RunningService {
  private final ApplicationContext context;
  private final GrpcEmbeddedServer server;
  private final Optional<UnixListener> socket;
  private final Optional<MetricsServer> metrics;

  private CacheServer(ApplicationContext context) {
    this.context = context;
    LogSettings.read(key -> context.getProperty(key, String.class)).format().apply();
    this.server = context.getBean(GrpcEmbeddedServer.class);
    this.socket = context.findBean(UnixListener.class);
    this.metrics = context.findBean(MetricsServer.class);
  }

  /**
   * Starts serving.
   *
   * @param settings by their keys, e.g. {@code unmask.cache.directory}, {@code grpc.server.port}
   *     (0: any free one)
   * @throws RuntimeException if a setting is unknown or wrong, or directory or port are taken
   */
  public static CacheServer start(Map<String, Object> settings) {
    var context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .environments("cache")
            .properties(settings)
            .start();
    try {
      var cache = new CacheServer(context);
      cache.server.start();
      return cache;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public OptionalInt metricsPort() {
    return metrics.stream().mapToInt(MetricsServer::port).findFirst();
  }

  /** Stops: calls under way get a short time to end, then the store is written and closed. */
  @Override
  public void close() {
    socket.ifPresent(UnixListener::close);
    server.stop();
    context.close();
  }

  /**
   * Serves until the process is asked to end.
   *
   * @param args settings as {@code --key=value}; they win over the environment's
   */
  public static void main(String[] args) throws InterruptedException {
    ServiceProcess.run("cache", args, CacheServer::start);
  }
}
