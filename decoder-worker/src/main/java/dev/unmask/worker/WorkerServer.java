package dev.unmask.worker;

import dev.unmask.logging.LogSettings;
import dev.unmask.metrics.MetricsServer;
import dev.unmask.service.RunningService;
import dev.unmask.service.ServiceProcess;
import dev.unmask.worker.api.watch.PrefixWatchers;
import io.micronaut.context.ApplicationContext;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A decoder worker as a thing that starts and stops. Several may live in one JVM. */
public final class WorkerServer implements RunningService {
  private final ApplicationContext context;
  private final GrpcEmbeddedServer server;
  private final Optional<MetricsServer> metrics;

  private WorkerServer(ApplicationContext context) {
    this.context = context;
    LogSettings.read(key -> context.getProperty(key, String.class)).format().apply();
    this.server = context.getBean(GrpcEmbeddedServer.class);
    this.metrics = context.findBean(MetricsServer.class);
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
    var context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .environments("worker")
            .properties(settings)
            .start();
    try {
      var worker = new WorkerServer(context);
      worker.server.start();
      return worker;
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

  /** Stops: calls under way get a short time to end, then the models are freed. */
  @Override
  public void close() {
    // Gateways watch until they are told to stop; the server would wait for them.
    context.getBean(PrefixWatchers.class).close();
    server.stop();
    // What did not end in time breaks off, before its model is gone: gateways go on elsewhere.
    server.getServer().shutdownNow();
    context.close();
  }

  /**
   * Serves until the process is asked to end.
   *
   * @param args settings as {@code --key=value}; they win over the environment's
   */
  public static void main(String[] args) throws InterruptedException {
    ServiceProcess.run("worker", args, WorkerServer::start);
  }
}
