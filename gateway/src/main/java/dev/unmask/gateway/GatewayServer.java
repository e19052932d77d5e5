package dev.unmask.gateway;

import dev.unmask.gateway.config.HttpSettings;
import dev.unmask.logging.LogSettings;
import dev.unmask.service.RunningService;
import dev.unmask.service.ServiceProcess;
import io.micronaut.context.ApplicationContext;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The gateway as a thing that starts and stops. Several may live in one JVM, each on its own port.
 */
public final class GatewayServer implements RunningService {
  private final ApplicationContext context;
  private final GrpcEmbeddedServer server;
  private final Optional<NettyEmbeddedServer> http;
  private final Duration drainTime;

  private GatewayServer(ApplicationContext context) {
    this.context = context;
    LogSettings.read(key -> context.getProperty(key, String.class)).format().apply();
    this.server = context.getBean(GrpcEmbeddedServer.class);
    this.http =
        context.getBean(HttpSettings.class).served()
            ? Optional.of(context.getBean(NettyEmbeddedServer.class))
            : Optional.empty();
    this.drainTime = context.getRequiredProperty("grpc.server.await-termination", Duration.class);
  }

  /**
   * Starts serving; workers are looked for in the background.
   *
   * @param settings by their keys, e.g. {@code unmask.gateway.workers}, {@code grpc.server.port}
   *     and {@code micronaut.server.port} of HTTP (0: any free one)
   * @throws RuntimeException if a setting is unknown or wrong, or the port is taken
   */
  public static GatewayServer start(Map<String, Object> settings) {
    var context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .environments("gateway")
            .properties(settings)
            .start();
    try {
      var gateway = new GatewayServer(context);
      gateway.server.start();
      gateway.http.ifPresent(NettyEmbeddedServer::start);
      return gateway;
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
  public OptionalInt httpPort() {
    return http.stream().mapToInt(NettyEmbeddedServer::getPort).findFirst();
  }

  /** Stops: calls under way, of gRPC and HTTP, get a short time to end, then they are cut off. */
  @Override
  public void close() {
    var answered = http.map(this::drain);
    server.stop();
    answered.ifPresent(CompletableFuture::join);
    http.ifPresent(NettyEmbeddedServer::stop);
    server.getServer().shutdownNow();
    context.close();
  }

  /** Takes no more requests; done once all are answered, or have had as long as gRPC's calls. */
  private CompletableFuture<Boolean> drain(NettyEmbeddedServer served) {
    return served
        .shutdownGracefully()
        .toCompletableFuture()
        .handle((_, failure) -> failure == null)
        .completeOnTimeout(false, drainTime.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Serves until the process is asked to end.
   *
   * @param args settings as {@code --key=value}; they win over the environment's
   */
  public static void main(String[] args) throws InterruptedException {
    ServiceProcess.run("gateway", args, GatewayServer::start);
  }
}
