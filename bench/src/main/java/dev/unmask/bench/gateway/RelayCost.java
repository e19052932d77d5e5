package dev.unmask.bench.gateway;

import dev.unmask.bench.transport.ProcessorTime;
import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Role;
import dev.unmask.client.local.ServiceProcess;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * What a gateway adds to the time to a request's first message, and how many messages it relays,
 * with many streams at once. The worker tells without computing, in this process; the gateway is a
 * process of its own. Calls to the worker itself and through the gateway take turns.
 *
 * <p>Arguments: file of JVM flags, streams at once, rounds.
 */
public final class RelayCost {
  private static final Prompt PROMPT = Prompt.newBuilder().setText("How many?").build();
  private static final int SHORT = 32;
  private static final int LONG = 4096;
  private static final int CALLS_A_STREAM = 20;
  private static final int WARM_UP = 5;

  private final int streams;

  private RelayCost(int streams) {
    this.streams = streams;
  }

  /** A way to have so many tokens told. */
  @FunctionalInterface
  private interface Way {
    Iterator<?> call(int tokens);
  }

  /** Runs and prints. */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[2]);
    try (var worker = new TellingWorker();
        var gateway =
            OwnProcesses.likeThis(Path.of(arguments[0]), System.err, System.err::println)
                .launch(
                    Role.GATEWAY,
                    "gateway",
                    Map.of(
                        "grpc.server.port",
                        0,
                        "unmask.gateway.http",
                        false,
                        "unmask.gateway.workers",
                        worker.address()))) {
      var run = new RelayCost(Integer.parseInt(arguments[1]));
      var direct = channel(worker.address());
      var relayed = channel(gateway.address());
      run.firstMessages(straight(direct), through(relayed), rounds);
      run.relayed(through(relayed), gateway, rounds);
      direct.shutdownNow();
      relayed.shutdownNow();
    }
  }

  private static ManagedChannel channel(String address) {
    return ManagedChannelBuilder.forTarget(address).usePlaintext().build();
  }

  private static Way straight(ManagedChannel worker) {
    var stub = DecoderServiceGrpc.newBlockingStub(worker);
    return tokens ->
        stub.decode(
            DecodeRequest.newBuilder()
                .setRequestId("r")
                .setModel("none")
                .setNamespace("default")
                .setPrompt(PROMPT)
                .setSpec(spec(tokens))
                .build());
  }

  private static Way through(ManagedChannel gateway) {
    var stub = GenerationServiceGrpc.newBlockingStub(gateway);
    return tokens ->
        stub.generate(GenerateRequest.newBuilder().setPrompt(PROMPT).setSpec(spec(tokens)).build());
  }

  private static DecodingSpec spec(int tokens) {
    return DecodingSpec.newBuilder().setGenerationLength(tokens).build();
  }

  private void firstMessages(Way straight, Way through, int rounds) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      first(straight);
      first(through);
    }
    var worker = new ArrayList<Double>();
    var gateway = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      worker.addAll(first(straight));
      gateway.addAll(first(through));
    }
    System.out.println("| first message (ms) | worker | through the gateway | added |");
    System.out.println("|---|---|---|---|");
    for (double share : new double[] {.5, .99}) {
      double alone = quantile(worker, share);
      double with = quantile(gateway, share);
      System.out.printf("| p%.0f | %.2f | %.2f | %.2f |%n", share * 100, alone, with, with - alone);
    }
  }

  /** Milliseconds to the first message of calls, so many at once. */
  private List<Double> first(Way way) throws Exception {
    return together(
            () -> {
              var times = new ArrayList<Double>();
              for (int call = 0; call < CALLS_A_STREAM; call++) {
                long start = System.nanoTime();
                var messages = way.call(SHORT);
                messages.next();
                times.add((System.nanoTime() - start) / 1e6);
                messages.forEachRemaining(_ -> {});
              }
              return times;
            })
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private void relayed(Way way, ServiceProcess gateway, int rounds) throws Exception {
    read(way);
    System.out.println("\n| messages | a second | a second of the gateway's processor time |");
    System.out.println("|---|---|---|");
    for (int round = 0; round < rounds; round++) {
      double before = ProcessorTime.seconds(Stream.of(gateway.handle().pid()));
      long start = System.nanoTime();
      long messages = read(way);
      double seconds = (System.nanoTime() - start) / 1e9;
      double used = ProcessorTime.seconds(Stream.of(gateway.handle().pid())) - before;
      System.out.printf("| %d | %.0f | %.0f |%n", messages, messages / seconds, messages / used);
    }
  }

  /** Messages of long streams, all at once. */
  private long read(Way way) throws Exception {
    return together(
            () -> {
              long count = 0;
              for (var messages = way.call(LONG); messages.hasNext(); messages.next()) {
                count++;
              }
              return count;
            })
        .stream()
        .mapToLong(count -> count)
        .sum();
  }

  private <T> List<T> together(Callable<T> stream) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (var done : threads.invokeAll(Stream.generate(() -> stream).limit(streams).toList())) {
        results.add(done.get());
      }
      return results;
    }
  }

  private static double quantile(List<Double> values, double share) {
    var sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
  }
}
