package dev.unmask.worker;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.CommandLinePropertySource;
import io.micronaut.core.cli.CommandLine;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.util.Map;

/** A decoder worker that serves gRPC. Closing it stops serving and frees the model. */
public final class WorkerServer implements AutoCloseable {
  private final ApplicationContext context;
  private final GrpcEmbeddedServer server;

  private WorkerServer(ApplicationContext context) {
    this.context = context;
    this.server = context.getBean(GrpcEmbeddedServer.class);
    server.start();
  }

  /**
   * Loads the models and starts to serve.
   *
   * @param settings over the defaults of application-worker.yml, e.g. {@code unmask.worker.models}
   */
  public static WorkerServer start(Map<String, Object> settings) {
    var context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .environments("worker")
            .banner(false)
            .properties(settings)
            .start();
    try {
      return new WorkerServer(context);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /** Port it serves on. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.stop();
    context.close();
  }

  /** Serves until told to stop; settings as {@code --key=value}. */
  public static void main(String[] arguments) throws InterruptedException {
    var settings = new CommandLinePropertySource(CommandLine.parse(arguments)).asMap();
    var worker = start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop"));
    System.out.println("READY worker " + worker.port());
    worker.server.getServer().awaitTermination();
  }
}
