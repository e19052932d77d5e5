package dev.unmask.bench.sharing;

import com.google.protobuf.util.Durations;
import dev.unmask.bench.fleet.Quantile;
import dev.unmask.client.local.ServiceProcess;
import dev.unmask.contract.Limits;
import dev.unmask.type.v1.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request takes more, when its worker's cache-service answers, stands still, goes on, stops
 * just before it, and is killed, than at a worker that knows none. Both workers are asked the same
 * prompts, which come once each, in turns; so what is added is the look-up, and what publishing
 * beside it costs.
 *
 * <p>Arguments: folder of the shipped models, file of JVM flags, requests of each part.
 */
public final class CacheLoss {
  private static final int WARM_UP = 150;

  /** The shorter a request, the better is seen what it takes more. */
  private static final int LONGEST = 300;

  /** Longer than the worker's first pause. */
  private static final Duration RECOVERY = Limits.PAGE_PAUSE_FIRST.multipliedBy(2);

  private final Services shared;
  private final Services alone;
  private final FreshPrompts prompts;
  private int asked;

  private CacheLoss(Services shared, Services alone, FreshPrompts prompts) {
    this.shared = shared;
    this.alone = alone;
    this.prompts = prompts;
  }

  /** Runs and prints a row a part. */
  public static void main(String[] arguments) throws Exception {
    var models = Path.of(arguments[0]);
    var flags = Path.of(arguments[1]);
    int requests = Integer.parseInt(arguments[2]);
    try (var shared = Services.start(models, flags, 1, true);
        var alone = Services.start(models, flags, 1, false)) {
      var loss = new CacheLoss(shared, alone, FreshPrompts.read(shared, models, LONGEST));
      loss.added(WARM_UP);
      System.out.println(
          "| the cache-service | requests | added, p50 (ms) | p90 | greatest | by more than 5 ms |"
              + "\n|---|---|---|---|---|---|");
      print("answers", loss.added(requests));
      loss.signal("STOP");
      print("stands still", loss.added(requests));
      loss.signal("CONT");
      print("goes on", loss.added(requests));
      print("stopped just before", loss.addedInVain(requests / 5));
      loss.kill();
      print("is gone", loss.added(requests));
    }
  }

  /** Milliseconds that each of so many requests took more. */
  private List<Double> added(int requests) {
    var all = new ArrayList<Double>();
    for (int i = 0; i < requests; i++) {
      var prompt = prompts.number(asked++);
      // Who begins changes, so that neither is always measured behind the other's work.
      boolean sharedFirst = asked % 2 == 0;
      double first = milliseconds(sharedFirst ? shared : alone, prompt);
      double second = milliseconds(sharedFirst ? alone : shared, prompt);
      all.add(sharedFirst ? first - second : second - first);
    }
    return all;
  }

  /**
   * The same of requests that all ask in vain: the service stops before each, and is well again.
   */
  private List<Double> addedInVain(int requests) throws IOException, InterruptedException {
    var all = new ArrayList<Double>();
    for (int i = 0; i < requests; i++) {
      signal("STOP");
      all.addAll(added(1));
      signal("CONT");
      Thread.sleep(RECOVERY);
      milliseconds(shared, prompts.number(0));
    }
    return all;
  }

  private static double milliseconds(Services services, Prompt prompt) {
    return Durations.toNanos(services.ask("worker-1", prompt).getDuration()) / 1e6;
  }

  private static void print(String part, List<Double> added) {
    System.out.printf(
        "| %s | %d | %.1f | %.1f | %.1f | %d |%n",
        part,
        added.size(),
        Quantile.of(added, 0.5),
        Quantile.of(added, 0.9),
        Quantile.of(added, 1),
        added.stream().filter(more -> more > 5).count());
  }

  private ProcessHandle cache() {
    return shared.cluster().services().stream()
        .filter(service -> service.name().startsWith("cache-service"))
        .map(ServiceProcess.class::cast)
        .findFirst()
        .orElseThrow()
        .handle();
  }

  private void kill() {
    var process = cache();
    process.destroyForcibly();
    process.onExit().join();
  }

  private void signal(String signal) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(cache().pid())).start();
    if (kill.waitFor() != 0) {
      throw new IllegalStateException("kill -" + signal + " failed");
    }
  }
}
