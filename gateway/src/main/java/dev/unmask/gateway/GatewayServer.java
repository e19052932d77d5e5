package dev.unmask.gateway;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.CommandLinePropertySource;
import io.micronaut.core.cli.CommandLine;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The gateway as a thing that starts and stops. Several may live in one JVM, each on its own port.
 */
public final class GatewayServer implements AutoCloseable {
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
    return start(builder().properties(settings));
  }

  private static ApplicationContextBuilder builder() {
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .banner(false)
        .environments("gateway");
  }

  private static GatewayServer start(ApplicationContextBuilder builder) {
    var context = builder.start();
    try {
      var gateway = new GatewayServer(context);
      gateway.server.start();
      return gateway;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /** The port it listens on. */
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
   * Serves until the process is asked to end. Prints {@code READY gateway <port>} when it serves.
   *
   * @param args settings as {@code --key=value}; they win over the environment's
   */
  public static void main(String[] args) throws InterruptedException {
    var gateway =
        start(builder().propertySources(new CommandLinePropertySource(CommandLine.parse(args))));
    var over = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  gateway.close();
                  over.countDown();
                },
                "gateway-stop"));
    System.out.println("READY gateway " + gateway.port());
    over.await();
  }
}
