package dev.unmask.client.command;

import dev.unmask.client.local.Cluster;
import dev.unmask.client.local.Home;
import dev.unmask.client.local.Host;
import dev.unmask.client.local.MetricsPorts;
import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Scratch;
import dev.unmask.client.local.Secret;
import dev.unmask.client.local.Service;
import dev.unmask.client.local.SharedProcess;
import dev.unmask.client.options.GatewayOptions;
import dev.unmask.client.terminal.Streams;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a gateway, workers and cache-services on this machine until told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs a gateway, workers and cache-services here, until ctrl-C.")
final class UpCommand implements Callable<Integer> {
  private final Streams streams;
  private final Home home;

  @Option(names = "--processes", description = "a process for each service, not one for all")
  private boolean processes;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "how many workers (default: ${DEFAULT-VALUE})")
  private int workers;

  @Option(
      names = "--caches",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "how many instances of the cache-service share the pages (default: ${DEFAULT-VALUE})")
  private int caches;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + GatewayOptions.DEFAULT_PORT,
      description = "of the gateway, 0 for a free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "7300",
      description =
          "of OpenAI's API and the playground, 0 for a free one (default: ${DEFAULT-VALUE})")
  private int httpPort;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description = "checkpoint to serve; repeatable (default: the shipped ones)")
  private List<Path> models = List.of();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "cpu or cuda:N; several are dealt out to workers (default: cpu)")
  private List<String> devices = List.of();

  @Option(
      names = "--cache-directory",
      paramLabel = "FOLDER",
      description = "where pages are kept (default: a new temporary folder)")
  private Optional<Path> cacheDirectory = Optional.empty();

  @Option(
      names = "--metrics",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "" + MetricsPorts.USUAL,
      description =
          "workers serve metrics at the ports after PORT, cache-services 40 further; 0 for free ones"
              + " (default: no port for metrics; PORT: ${FALLBACK-VALUE})")
  private Optional<Integer> metrics = Optional.empty();

  UpCommand(Streams streams, Home home) {
    this.streams = streams;
    this.home = home;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var scratch = Scratch.create();
        var cluster = Cluster.start(plan(scratch), host());
        var _ = Farewell.with(cluster::close, scratch::close)) {
      cluster.awaitModels();
      announce(cluster);
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private Plan plan(Scratch scratch) {
    return new Plan(
        (models.isEmpty() ? home.models() : models).stream().map(Path::toAbsolutePath).toList(),
        new Plan.Services(workers, caches),
        devices,
        new Plan.Ports(port, httpPort, metrics.map(MetricsPorts::new)),
        cacheDirectory.orElse(scratch.folder()),
        Secret.random(new SecureRandom()));
  }

  private Host host() {
    return processes
        ? OwnProcesses.likeThis(home.flags(), streams.err(), this::tell)
        : new SharedProcess();
  }

  private void announce(Cluster cluster) {
    for (Service service : cluster.services()) {
      streams.out().printf("%-14s %s%n", service.name(), service.address());
      service
          .metricsAddress()
          .ifPresent(address -> streams.out().println("METRICS " + service.name() + " " + address));
    }
    cluster.httpAddress().ifPresent(address -> streams.out().println("HTTP    http://" + address));
    streams.out().println("READY gateway " + cluster.gatewayAddress());
    streams.out().flush();
  }

  private void tell(String death) {
    streams.err().println("unmask: " + death);
  }
}
