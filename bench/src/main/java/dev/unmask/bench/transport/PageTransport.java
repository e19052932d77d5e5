package dev.unmask.bench.transport;

import dev.unmask.bench.transport.Turn.Operation;
import dev.unmask.bench.transport.Turn.Task;
import dev.unmask.worker.pages.transfer.Lanes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * Bytes a second and latencies of pages by every way: streamed over TCP and over a Unix domain
 * socket, out of the mapped slab, and of Redis or Valkey, if one is on the PATH. Ways take turns in
 * rounds; only ratios within a round count. The first round warms up.
 *
 * <p>Arguments: KiB of a page, pages of a call, callers, each a comma-separated list; READ or
 * WRITE, a comma-separated list too; rounds; milliseconds of a turn; milliseconds of the turn
 * before the first round; connections of a gRPC caller, a comma-separated list; a pattern that the
 * names of ways match.
 */
public final class PageTransport {
  private static final AtomicLong WRITTEN = new AtomicLong(1L << 40);

  private PageTransport() {}

  /** Measures and prints: way, GB/s, p50 and p99 of a call in ms, processor seconds a GB. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    int rounds = Integer.parseInt(arguments[4]);
    var time = Duration.ofMillis(Long.parseLong(arguments[5]));
    int[] connections = list(arguments[7]);
    var warmUp = Duration.ofMillis(Long.parseLong(arguments[6]));
    try (var servers = Servers.start()) {
      for (int kibibytes : list(arguments[0])) {
        for (int pages : list(arguments[1])) {
          for (int callers : list(arguments[2])) {
            for (var operation : arguments[3].split(",", -1)) {
              var shape = new Shape(kibibytes << 10, pages, callers);
              var task =
                  new Task(shape, Operation.valueOf(operation), time, servers::processorTime);
              measure(task, warmUp, rounds, ways(servers, task, connections, arguments[8]));
            }
          }
        }
      }
    }
  }

  private static int[] list(String numbers) {
    return Arrays.stream(numbers.split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private static List<Way> ways(Servers servers, Task task, int[] connections, String chosen) {
    var shape = task.shape();
    var ways = new ArrayList<Way>();
    for (int number : connections) {
      var lanes = new Lanes(number);
      ways.add(new StreamedWay("gRPC, TCP", servers.cacheTcp(), shape, lanes));
      ways.add(new StreamedWay("gRPC, Unix", servers.cacheUnix(), shape, lanes));
    }
    ways.add(new MappedWay(servers.cacheUnix(), shape));
    if (servers.hasRedis()) {
      ways.add(new JedisWay("Redis, Jedis, TCP", servers.redisPort(), shape));
      ways.add(
          new LettuceWay("Redis, Lettuce, TCP", "redis://127.0.0.1:" + servers.redisPort(), shape));
      ways.add(new LettuceWay("Redis, Lettuce, Unix", servers.redisUnix(), shape));
    }
    var others =
        ways.stream()
            .filter(way ->
                !way.name().matches(chosen)
                    || (task.operation() == Operation.WRITE && !way.writes()))
            .toList();
    others.forEach(Way::close);
    ways.removeAll(others);
    return ways;
  }

  private static void measure(Task task, Duration warmUp, int rounds, List<Way> ways)
      throws InterruptedException, ExecutionException {
    Map<Way, List<Way.Caller>> callers = new LinkedHashMap<>();
    Map<Way, List<Turn>> turns = new LinkedHashMap<>();
    for (var way : ways) {
      var all = new ArrayList<Way.Caller>();
      for (int i = 0; i < task.shape().callers(); i++) {
        all.add(way.caller());
      }
      callers.put(way, all);
      turns.put(way, new ArrayList<>());
    }
    // Ours is the first, Redis, if it is there, the last.
    var writing = ways.stream().filter(Way::writes).toList();
    fill(task.shape(), writing.getFirst());
    fill(task.shape(), writing.getLast());
    for (int round = 0; round <= rounds; round++) {
      for (var way : ways) {
        var turn = Turn.of(callers.get(way), round > 0 ? task : task.lasting(warmUp), WRITTEN);
        if (round > 0) {
          turns.get(way).add(turn);
        }
      }
    }
    System.out.printf("%n%s %s%n", task.operation(), task.shape());
    turns.forEach((way, all) ->
        System.out.printf(
            "| %s | %.2f | %.2f | %.2f | %.2f |%n",
            way.name(),
            median(all, turn -> turn.bytesPerSecond() / 1e9),
            median(all, Turn::p50),
            median(all, Turn::p99),
            median(all, Turn::processor)));
    callers.values().forEach(all -> all.forEach(Way.Caller::close));
    ways.forEach(Way::close);
  }

  private static void fill(Shape shape, Way way) {
    try (var caller = way.caller()) {
      for (int first = 0; first < shape.stored(); first += shape.pages()) {
        caller.write(shape.first() + first, shape.pages());
      }
    }
  }

  private static double median(List<Turn> turns, ToDoubleFunction<Turn> number) {
    double[] sorted = turns.stream().mapToDouble(number).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
