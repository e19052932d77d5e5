package dev.unmask.client.command;

import dev.unmask.client.local.MetricsPorts;
import dev.unmask.client.terminal.Paper;
import dev.unmask.client.terminal.Streams;
import dev.unmask.client.top.FleetTable;
import dev.unmask.client.top.FleetWatch;
import dev.unmask.client.top.FullScreen;
import dev.unmask.client.top.Target;
import dev.unmask.client.top.Target.Kind;
import dev.unmask.client.top.Watched;
import dev.unmask.client.top.scrape.Scraper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how busy the services are, from their metrics. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows how busy gateways, workers and cache-services are, until q or ctrl-C.",
      "Without an address: what `unmask up --metrics` started on this machine."
    })
final class TopCommand implements Callable<Integer> {
  private static final int GATEWAY_PORT = 7300;
  private static final String NOBODY =
      "nobody answers: start services with `unmask up --metrics`, or name some";
  private static final String NO_WORKERS =
      "no worker or cache-service answers: `unmask up --metrics` gives them a port for metrics";

  private final Streams streams;

  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      description = "a gateway's HTTP port, or its https:// address; repeatable")
  private List<String> gateways = List.of();

  @Option(
      names = "--worker",
      paramLabel = "HOST:PORT",
      description = "a worker's port for metrics; repeatable")
  private List<String> workers = List.of();

  @Option(
      names = "--cache",
      paramLabel = "HOST:PORT",
      description = "a cache-service's port for metrics; repeatable")
  private List<String> caches = List.of();

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "how often to ask, 100ms to 1h; rates are over this time (default: 2s)")
  private Duration every = Duration.ZERO;

  @Option(
      names = "--once",
      description = "ask twice, print plain tables, and end; so without a terminal")
  private boolean once;

  TopCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (every.compareTo(Duration.ofMillis(100)) < 0 || every.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("--every must be 100ms to 1h");
    }
    try (var scraper = new Scraper(System::nanoTime)) {
      var watch = new FleetWatch(targets(), scraper);
      return once || streams.paper().isEmpty()
          ? print(watch)
          : show(watch, streams.paper().orElseThrow());
    }
  }

  /** Code 1 if nobody answered. */
  private int print(FleetWatch watch) throws InterruptedException {
    watch.look();
    Thread.sleep(every);
    var services = watch.look();
    FleetTable.lines(services, Integer.MAX_VALUE).forEach(streams.out()::println);
    streams.out().flush();
    if (services.stream().noneMatch(service -> service.change().reached())) {
      throw new IllegalStateException(NOBODY);
    }
    return 0;
  }

  private int show(FleetWatch watch, Paper known) throws InterruptedException {
    var quit = new CountDownLatch(1);
    try (var screen = FullScreen.of(streams.out());
        var _ = Farewell.with(screen::close)) {
      Thread.ofPlatform().daemon().name("keys").start(() -> awaitKey(streams.in(), quit));
      do {
        var services = watch.look();
        var paper = screen.paper(known);
        screen.show(lines(services, paper), paper);
      } while (!quit.await(every.toNanos(), TimeUnit.NANOSECONDS));
    }
    return 0;
  }

  private static List<String> lines(List<Watched> services, Paper paper) {
    var lines = new ArrayList<String>();
    lines.add("unmask top · q ends");
    lines.add("");
    lines.addAll(FleetTable.lines(services, paper.columns()));
    if (services.stream().allMatch(service -> service.target().kind() == Kind.GATEWAY)) {
      lines.add("");
      lines.add(NO_WORKERS.substring(0, Math.min(NO_WORKERS.length(), paper.columns())));
    }
    return lines;
  }

  private List<Target> targets() {
    var targets = new ArrayList<Target>();
    gateways.forEach(address -> targets.add(Target.at(Kind.GATEWAY, address)));
    workers.forEach(address -> targets.add(Target.at(Kind.WORKER, address)));
    caches.forEach(address -> targets.add(Target.at(Kind.CACHE, address)));
    if (targets.isEmpty()) {
      targets.add(Target.at(Kind.GATEWAY, "127.0.0.1:" + GATEWAY_PORT));
      var ports = MetricsPorts.usual();
      for (int number = 1; number <= MetricsPorts.LOOKED_FOR; number++) {
        targets.add(Target.perhaps(Kind.WORKER, ports.worker(number)));
        targets.add(Target.perhaps(Kind.CACHE, ports.cache(number)));
      }
    }
    return targets;
  }

  /** A closed input is no key: nobody can press one. */
  private static void awaitKey(InputStream in, CountDownLatch quit) {
    try {
      for (int key = in.read(); key >= 0; key = in.read()) {
        if (key == 'q' || key == 'Q') {
          quit.countDown();
          return;
        }
      }
    } catch (IOException e) {
      // Whoever cannot press q has ctrl-C.
      return;
    }
  }
}
