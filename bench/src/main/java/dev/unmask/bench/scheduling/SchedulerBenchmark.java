package dev.unmask.bench.scheduling;

import dev.unmask.worker.engine.Cost;
import dev.unmask.worker.scheduling.Budgets;
import dev.unmask.worker.scheduling.Claim;
import dev.unmask.worker.scheduling.Scheduler;
import dev.unmask.worker.scheduling.Ticket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One forward's part of the scheduler: the steps are chosen, and those that were come back. A
 * quarter of the steps are refreshes, so that some always have to wait; a third have deadlines.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SchedulerBenchmark {
  private static final int TENANTS = 8;
  private static final int CANVAS = 1024;
  private static final int BLOCK = 32;

  /** Steps that wait. */
  @Param({"16", "64", "256"})
  public int waiting;

  private Scheduler<Integer> scheduler;
  private List<Claim> claims;

  /** All wait. */
  @Setup
  public void add() {
    scheduler = new Scheduler<>(Budgets.ofGpu());
    claims = IntStream.range(0, waiting).mapToObj(SchedulerBenchmark::claim).toList();
    IntStream.range(0, waiting).forEach(step -> scheduler.add(step, claims.get(step)));
  }

  private static Claim claim(int step) {
    boolean refresh = step % 4 == 0;
    var cost = new Cost(refresh ? CANVAS : BLOCK, CANVAS, BLOCK, refresh);
    long deadline = step % 3 == 0 ? step : Ticket.NO_DEADLINE;
    return new Claim("tenant-" + step % TENANTS, deadline, "model", cost);
  }

  /** A forward. */
  @Benchmark
  public int forward() {
    var chosen = scheduler.choose();
    chosen.forEach(step -> scheduler.add(step, claims.get(step)));
    return chosen.size();
  }
}
