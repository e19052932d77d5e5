package dev.unmask.bench.tenants;

import dev.unmask.bench.fleet.Fleet;
import dev.unmask.bench.fleet.Requests;
import dev.unmask.client.UnmaskClient;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pairs of equal prompts, of two tenants with a namespace each, through one gateway, two workers
 * and one cache-service: how many pages and positions of the first tenant's the second one was
 * given. The first tenant asks once more, so that a run in which nothing is ever shared shows.
 *
 * <p>Arguments: folder of a checkpoint, file of JVM flags, pairs, requests at once.
 */
public final class Isolation {
  private static final int TOKENS = 8;
  private static final int WORKERS = 2;

  private final UnmaskClient a;
  private final UnmaskClient b;

  private Isolation(UnmaskClient a, UnmaskClient b) {
    this.a = a;
    this.b = b;
  }

  /** Of one pair: whether something was shared by its second request, and by its third. */
  private record Pair(boolean between, boolean within) {}

  /** Runs and prints. */
  public static void main(String[] arguments) throws Exception {
    var flags = Path.of(arguments[1]);
    var tenants = Tenants.write("{}");
    try (var cache = Fleet.cache(flags);
        var fleet = Fleet.start(setup(arguments, tenants, cache.address()));
        var a = fleet.client(tenants.a());
        var b = fleet.client(tenants.b())) {
      fleet.awaitServing(a, request(0));
      var isolation = new Isolation(a, b);
      var pairs = isolation.ask(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      System.out.println("| pairs | shared between tenants | shared within a tenant |");
      System.out.println("|---|---|---|");
      System.out.printf(
          "| %d | %d | %d |%n",
          pairs.size(),
          pairs.stream().filter(Pair::between).count(),
          pairs.stream().filter(Pair::within).count());
    }
  }

  private static Fleet.Setup setup(String[] arguments, Tenants tenants, String cache) {
    var worker = new HashMap<>(Tenants.SECRETS);
    worker.put("unmask.worker.cache", cache);
    worker.put("unmask.worker.fetch", "always");
    return new Fleet.Setup(
        Path.of(arguments[1]),
        Path.of(arguments[0]),
        WORKERS,
        worker,
        Map.of("unmask.gateway.tenants", tenants.file().toString()));
  }

  private List<Pair> ask(int count, int atOnce) throws Exception {
    var next = new AtomicInteger();
    Callable<List<Pair>> asking =
        () -> {
          var pairs = new ArrayList<Pair>();
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            pairs.add(pair(request(i)));
          }
          return pairs;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Pair>();
      for (var done : threads.invokeAll(Collections.nCopies(atOnce, asking))) {
        all.addAll(done.get());
      }
      return all;
    }
  }

  private Pair pair(GenerateRequest request) {
    var _ = a.ask(request, _ -> {});
    var between = b.ask(request, _ -> {}).usage();
    var within = a.ask(request, _ -> {}).usage();
    return new Pair(shared(between), shared(within));
  }

  private static boolean shared(Usage usage) {
    return usage.getPagesHit() > 0 || usage.getPositionsReusedDevice() > 0;
  }

  private static GenerateRequest request(int number) {
    var spec = DecodingSpec.newBuilder().setGenerationLength(TOKENS).setBlockLength(TOKENS);
    return Requests.request(number, spec);
  }
}
