package dev.unmask.bench.eviction.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unmask.cache.CacheServer;
import dev.unmask.contract.Limits;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.worker.WorkerServer;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * Records the states that a cache-service is asked for by two real workers under a {@link
 * Workload}: names, bytes and costs are the workers' own, and so is the order, with eight requests
 * under way.
 *
 * <p>Arguments: model folder, file to write ({@code state bytes cost namespace} a line, gzipped).
 */
public final class FleetTrace {
  private static final long SEED = 20261130;
  private static final int UNDER_WAY = 8;

  /** Every page of the small model fits, and every state: what is given up is for the study. */
  private static final int SLOT_BYTES = 68 << 10;

  private static final long STORE_BYTES = 5L << 30;

  private FleetTrace() {}

  /** Records. */
  public static void main(String[] arguments) throws Exception {
    var recorder = new Recorder();
    var settings =
        Map.<String, Object>of(
            "grpc.server.port",
            0,
            "unmask.cache.directory",
            Files.createTempDirectory("pages").toString(),
            "unmask.cache.slabs[0].slot-bytes",
            SLOT_BYTES,
            "unmask.cache.slabs[0].capacity-bytes",
            STORE_BYTES);
    try (var cache = CacheServer.start(settings)) {
      var far = channel(cache.port());
      var relay =
          NettyServerBuilder.forPort(0)
              .maxInboundMessageSize(Limits.PAGE_MESSAGE_BYTES)
              .permitKeepAliveTime(1, TimeUnit.SECONDS)
              .fallbackHandlerRegistry(new Relay(far, recorder))
              .build()
              .start();
      try (var one = worker("one", arguments[0], relay);
          var two = worker("two", arguments[0], relay)) {
        ask(List.of(channel(one.port()), channel(two.port())));
      } finally {
        relay.shutdownNow();
        far.shutdownNow();
      }
    }
    write(Path.of(arguments[1]), recorder.lines());
  }

  private static WorkerServer worker(String name, String model, Server cache) {
    var secrets =
        Workload.namespaces().stream()
            .collect(
                Collectors.toMap(
                    namespace -> "unmask.worker.namespaces." + namespace,
                    namespace -> (Object) ("a secret of " + namespace)));
    var settings = new HashMap<>(secrets);
    settings.put("grpc.server.port", 0);
    settings.put("unmask.worker.name", name);
    settings.put("unmask.worker.models", model);
    settings.put("unmask.worker.threads", 1);
    settings.put("unmask.worker.cache", "127.0.0.1:" + cache.getPort());
    return WorkerServer.start(settings);
  }

  private static ManagedChannel channel(int port) {
    return ManagedChannelBuilder.forAddress("127.0.0.1", port)
        .maxInboundMessageSize(Limits.PAGE_MESSAGE_BYTES)
        .usePlaintext()
        .build();
  }

  private static void ask(List<ManagedChannel> workers)
      throws InterruptedException, ExecutionException {
    var requests = new ConcurrentLinkedQueue<>(Workload.requests(SEED));
    var asked = new AtomicInteger();
    Callable<Boolean> caller =
        () -> {
          for (var next = requests.poll(); next != null; next = requests.poll()) {
            int number = asked.getAndIncrement();
            ask(workers.get(number % workers.size()), next);
            if (number % 200 == 0) {
              System.err.println(number + " requests");
            }
          }
          return true;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var ended : threads.invokeAll(Collections.nCopies(UNDER_WAY, caller))) {
        ended.get();
      }
    }
    workers.forEach(ManagedChannel::shutdownNow);
  }

  private static void ask(ManagedChannel worker, DecodeRequest request) {
    DecoderServiceGrpc.newBlockingStub(worker)
        .withDeadlineAfter(Limits.REQUEST_TIME)
        .decode(request)
        .forEachRemaining(_ -> {});
  }

  private static void write(Path file, List<String> lines) throws IOException {
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((String.join("\n", lines) + "\n").getBytes(UTF_8));
    }
    System.out.printf("%d look-ups in %s%n", lines.size(), file);
  }
}
