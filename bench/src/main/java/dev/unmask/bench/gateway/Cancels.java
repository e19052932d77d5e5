package dev.unmask.bench.gateway;

import com.google.protobuf.util.Durations;
import dev.unmask.bench.fleet.Fleet;
import dev.unmask.bench.fleet.LiveHeap;
import dev.unmask.bench.fleet.Quantile;
import dev.unmask.bench.fleet.Requests;
import dev.unmask.client.ClientException;
import dev.unmask.client.Generation;
import dev.unmask.client.UnmaskClient;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceBlockingStub;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.decoder.v1.GetLoadResponse;
import dev.unmask.generation.v1.GenerateRequest;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Requests that clients cancel at any point of their time, one after the other: how long after it
 * the worker's slot is free, and what is left of them in the end.
 *
 * <p>Arguments: folder of a checkpoint, file of JVM flags, cancels.
 */
public final class Cancels {
  private static final int WARM_UP = 20;
  private static final long SEED = 7;
  private static final double MILLI = 1e6;

  private final UnmaskClient client;
  private final DecoderServiceBlockingStub worker;

  private Cancels(UnmaskClient client, DecoderServiceBlockingStub worker) {
    this.client = client;
    this.worker = worker;
  }

  /** Runs and prints. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[2]);
    var flags = Path.of(arguments[1]);
    var setup = new Fleet.Setup(flags, Path.of(arguments[0]), 1, Map.of(), Map.of());
    try (var fleet = Fleet.start(setup);
        var client = fleet.client()) {
      fleet.awaitServing(client, Requests.slow(0));
      var channel =
          ManagedChannelBuilder.forTarget(fleet.worker(0).address()).usePlaintext().build();
      var cancels = new Cancels(client, DecoderServiceGrpc.newBlockingStub(channel));
      long whole = cancels.median();
      var processes = List.of(fleet.gateway().handle().pid(), fleet.worker(0).handle().pid());
      var before = processes.stream().map(LiveHeap::bytes).toList();
      var freed = cancels.run(count, whole);
      var load = cancels.load();
      System.out.printf(
          "a request: %.0f ms; the worker's step: %.1f ms%n",
          whole / MILLI, Durations.toNanos(load.getMedianStep()) / MILLI);
      System.out.println("| cancels | p50 (ms) | p99 (ms) | longest (ms) |\n|---|---|---|---|");
      System.out.printf(
          "| %d | %.1f | %.1f | %.1f |%n",
          count, Quantile.of(freed, .5), Quantile.of(freed, .99), Quantile.of(freed, 1));
      System.out.printf(
          "left at the worker: %d running, %d waiting%n", load.getRunning(), load.getWaiting());
      System.out.printf(
          "live heap of gateway and worker (bytes): %s before, %s after%n",
          before, processes.stream().map(LiveHeap::bytes).toList());
      channel.shutdownNow();
    }
  }

  /** Nanoseconds that a request takes that nobody cancels. */
  private long median() {
    var times = new ArrayList<Long>();
    for (int number = 0; number < WARM_UP; number++) {
      long start = System.nanoTime();
      client.ask(Requests.slow(number), _ -> {});
      times.add(System.nanoTime() - start);
    }
    return times.stream().sorted().skip(WARM_UP / 2).findFirst().orElseThrow();
  }

  /** Milliseconds from each cancel until the slot was free. */
  private List<Double> run(int count, long whole) throws Exception {
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(SEED);
    var freed = new ArrayList<Double>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < count; number++) {
        freed.add(cancelled(threads, Requests.slow(number), random.nextLong(whole)) / MILLI);
      }
    }
    return freed;
  }

  private long cancelled(ExecutorService threads, GenerateRequest request, long after)
      throws Exception {
    try (var generation = client.generate(request)) {
      Future<?> reader = threads.submit(() -> read(generation));
      LockSupport.parkNanos(after);
      long start = System.nanoTime();
      generation.cancel();
      for (var load = load(); load.getRunning() + load.getWaiting() > 0; load = load()) {
        Thread.onSpinWait();
      }
      long freed = System.nanoTime() - start;
      reader.get();
      return freed;
    }
  }

  /** Reads until the end or the cancel. */
  private static void read(Generation generation) {
    try {
      generation.forEachRemaining(_ -> {});
    } catch (ClientException e) {
      if (e.code() != Status.Code.CANCELLED) {
        throw e;
      }
    }
  }

  private GetLoadResponse load() {
    return worker.getLoad(GetLoadRequest.getDefaultInstance());
  }
}
