package dev.unmask.gateway;

import dev.unmask.service.RunningService;
import dev.unmask.service.ServiceProcess;
import io.micronaut.context.ApplicationContext;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.util.Map;

/**
 * The gateway as a thing that starts and stops. Several may live in one JVM, each on its own port.
 */
public final class GatewayServer implements RunningService {
  private final ApplicationContext context;
  private final GrpcEmbeddedServer server;

  private GatewayServer(ApplicationContext context) {
    this.context = context;
    this.server = context.getBean(GrpcEmbeddedServer.class);
  }

  /**
   * Starts serving; workers are looked for in the background.
   *
   * @param settings by their keys, e.g. {@code unmask.gateway.workers}, {@code grpc.server.port}
   *     (0: any free one)
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

  /** Stops: calls under way get a short time to end, then they are cut off. */
  @Override
  public void close() {
    server.stop();
    server.getServer().shutdownNow();
    context.close();
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
