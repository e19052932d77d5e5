package dev.unmask.cache;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.CommandLinePropertySource;
import io.micronaut.core.cli.CommandLine;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The cache-service as a thing that starts and stops. Several may live in one JVM, each with its
 * own directory and port.
 */
public final class CacheServer implements AutoCloseable {
  private final ApplicationContext context;
  private final GrpcEmbeddedServer server;

  private CacheServer(ApplicationContext context) {
    this.context = context;
    this.server = context.getBean(GrpcEmbeddedServer.class);
  }

  /**
   * Starts serving.
   *
   * @param settings by their keys, e.g. {@code unmask.cache.directory}, {@code grpc.server.port}
   *     (-1: any free one)
   * @throws RuntimeException if a setting is unknown or wrong, or directory or port are taken
   */
  public static CacheServer start(Map<String, Object> settings) {
    return start(builder().properties(settings));
  }

  private static ApplicationContextBuilder builder() {
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .banner(false)
        .environments("cache")
        .eagerInitSingletons(false);
  }

  private static CacheServer start(ApplicationContextBuilder builder) {
    var context = builder.start();
    try {
      var cache = new CacheServer(context);
      cache.server.start();
      return cache;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Stops: calls under way get a short time to end, then the store is written and closed. */
  @Override
  public void close() {
    server.stop();
    context.close();
  }

  /**
   * Serves until the process is asked to end. Prints {@code READY cache <port>} when it serves.
   *
   * @param args settings as {@code --key=value}; they win over the environment's
   */
  public static void main(String[] args) throws InterruptedException {
    var cache =
        start(builder().propertySources(new CommandLinePropertySource(CommandLine.parse(args))));
    var over = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  cache.close();
                  over.countDown();
                },
                "cache-stop"));
    System.out.println("READY cache " + cache.port());
    over.await();
  }
}
