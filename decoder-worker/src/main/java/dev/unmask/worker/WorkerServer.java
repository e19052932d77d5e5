package dev.unmask.worker;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.CommandLinePropertySource;
import io.micronaut.core.cli.CommandLine;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A decoder worker as a thing that starts and stops. Several may live in one JVM. */
public final class WorkerServer implements AutoCloseable {
  private final ApplicationContext context;
  private final GrpcEmbeddedServer server;

  private WorkerServer(ApplicationContext context) {
    this.context = context;
    this.server = context.getBean(GrpcEmbeddedServer.class);
  }

  /**
   * Loads the models, warms them up and starts serving.
   *
   * @param settings by their keys, e.g. {@code unmask.worker.models}, {@code grpc.server.port} (0:
   *     any free one)
   * @throws RuntimeException if a setting is unknown or wrong, a model folder does not fit, or the
   *     port is taken
   */
  public static WorkerServer start(Map<String, Object> settings) {
    return start(builder().properties(settings));
  }

  private static ApplicationContextBuilder builder() {
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .banner(false)
        .environments("worker")
        .eagerInitSingletons(false);
  }

  private static WorkerServer start(ApplicationContextBuilder builder) {
    var context = builder.start();
    try {
      var worker = new WorkerServer(context);
      worker.server.start();
      return worker;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Stops: calls under way get a short time to end, then the models are freed. */
  @Override
  public void close() {
    server.stop();
    context.close();
  }

  /**
   * Serves until the process is asked to end. Prints {@code READY worker <port>} when it serves.
   *
   * @param args settings as {@code --key=value}; they win over the environment's
   */
  public static void main(String[] args) throws InterruptedException {
    var worker =
        start(builder().propertySources(new CommandLinePropertySource(CommandLine.parse(args))));
    var over = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  worker.close();
                  over.countDown();
                },
                "worker-stop"));
    System.out.println("READY worker " + worker.port());
    over.await();
  }
}
