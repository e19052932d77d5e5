package dev.unmask.bench.blocks;

import dev.unmask.bench.sharing.Services;
import dev.unmask.client.Answer;
import dev.unmask.type.v1.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Whole workloads with sharing and without, several talks at once, workers chosen by the gateway:
 * how long they take, what is computed, and how many answers are right. The sharing fleet is asked
 * everything once more: what nobody asks for the first time is all that is left then.
 *
 * <p>Arguments: folder of the shipped models, file of JVM flags, talks at once, workloads (names in
 * lower case, or all).
 */
public final class WorkloadThroughput {
  private final int atOnce;

  private WorkloadThroughput(int atOnce) {
    this.atOnce = atOnce;
  }

  /** An answered question. */
  private record Done(Talk.Question question, Answer answer) {}

  /** A workload that was asked once. */
  private record Round(List<Done> done, double seconds) {
    long sum(ToLongFunction<Usage> what) {
      return done.stream().mapToLong(one -> what.applyAsLong(one.answer().usage())).sum();
    }

    long right() {
      return done.stream().filter(one -> one.question().answeredBy(one.answer().text())).count();
    }
  }

  /** Runs and prints a row a workload. */
  public static void main(String[] arguments) throws Exception {
    var models = Path.of(arguments[0]);
    var documents = Documents.read(models);
    var wanted = List.of(arguments).subList(3, arguments.length);
    try (var fleets = Fleets.start(models, Path.of(arguments[1]))) {
      fleets.warmUp(documents);
      System.out.println(
          "| workload | questions | alone (s) | sharing, again (s) | throughput, again"
              + " | rows alone, sharing, again | pages hit | right alone, sharing |");
      System.out.println("|---|---|---|---|---|---|---|---|");
      var run = new WorkloadThroughput(Integer.parseInt(arguments[2]));
      for (var workload : Workload.values()) {
        if (wanted.isEmpty() || wanted.contains(workload.toString())) {
          run.compare(workload, documents, fleets);
        }
      }
    }
  }

  private void compare(Workload workload, Documents documents, Fleets fleets) throws Exception {
    var alone = run(workload.talks(documents), fleets.alone());
    var sharing = run(workload.talks(documents), fleets.sharing());
    var again = run(workload.talks(documents), fleets.sharing());
    System.out.printf(
        "| %s | %d | %.1f | %.1f, %.1f | %.2f×, %.2f× | %d, %d, %d | %d | %d, %d |%n",
        workload,
        sharing.done().size(),
        alone.seconds(),
        sharing.seconds(),
        again.seconds(),
        alone.seconds() / sharing.seconds(),
        alone.seconds() / again.seconds(),
        alone.sum(Usage::getRowsComputed),
        sharing.sum(Usage::getRowsComputed),
        again.sum(Usage::getRowsComputed),
        sharing.sum(usage -> (long) usage.getPagesHit()),
        alone.right(),
        sharing.right());
  }

  private Round run(List<Supplier<Talk>> talks, Services fleet) throws Exception {
    long start = System.nanoTime();
    var open = new ArrayBlockingQueue<Supplier<Talk>>(talks.size(), true, talks);
    var done = new ConcurrentLinkedQueue<Done>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<?>>();
      for (int i = 0; i < atOnce; i++) {
        all.add(
            callers.submit(() -> {
              for (var next = open.poll(); next != null; next = open.poll()) {
                talk(next.get(), fleet, done);
              }
            }));
      }
      for (var caller : all) {
        caller.get();
      }
    }
    return new Round(List.copyOf(done), (System.nanoTime() - start) / 1e9);
  }

  private static void talk(Talk talk, Services fleet, ConcurrentLinkedQueue<Done> done) {
    var heard = Optional.<String>empty();
    for (var next = talk.next(heard); next.isPresent(); next = talk.next(heard)) {
      var answer = fleet.answer("", next.get().prompt());
      done.add(new Done(next.get(), answer));
      heard = Optional.of(answer.text());
    }
  }
}
