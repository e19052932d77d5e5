package dev.unmask.bench.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.HdrHistogram.Histogram;

/**
 * One way's turn in a round: so many callers, each as fast as it can, for a while.
 *
 * @param bytesPerSecond of payload
 * @param p50 of a call in milliseconds
 * @param p99 of a call in milliseconds
 * @param processor seconds a GB, of both sides
 */
record Turn(double bytesPerSecond, double p50, double p99, double processor) {
  private static final int DIGITS = 3;

  /** What a turn is made of. */
  record Task(Shape shape, Operation operation, Duration time, DoubleSupplier processor) {
    Task lasting(Duration other) {
      return new Task(shape, operation, other, processor);
    }
  }

  /** Reading or writing. */
  enum Operation {
    READ,
    WRITE
  }

  /**
   * Runs a turn.
   *
   * @param written number of the next new page
   */
  static Turn of(List<Way.Caller> callers, Task task, AtomicLong written)
      throws InterruptedException, ExecutionException {
    var start = new CountDownLatch(1);
    double processor = task.processor().getAsDouble();
    try (var threads = Executors.newFixedThreadPool(callers.size())) {
      List<Future<Histogram>> runs = new ArrayList<>();
      for (int i = 0; i < callers.size(); i++) {
        int number = i;
        runs.add(
            threads.submit(() -> {
              start.await();
              return run(callers.get(number), number, task, written);
            }));
      }
      long began = System.nanoTime();
      start.countDown();
      var all = new Histogram(DIGITS);
      for (var run : runs) {
        all.add(run.get());
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      return of(all, seconds, task.processor().getAsDouble() - processor, task.shape());
    }
  }

  private static Histogram run(Way.Caller caller, int number, Task task, AtomicLong written) {
    var times = new Histogram(DIGITS);
    var shape = task.shape();
    int calls = shape.stored() / shape.pages();
    int next = number * calls / shape.callers();
    long end = System.nanoTime() + task.time().toNanos();
    for (long now = System.nanoTime(); now < end; ) {
      switch (task.operation()) {
        case READ ->
            caller.read(shape.first() + (long) (next++ % calls) * shape.pages(), shape.pages());
        case WRITE -> {
          int taken = caller.write(written.getAndAdd(shape.pages()), shape.pages());
          if (taken != shape.pages()) {
            throw new IllegalStateException("only " + taken + " pages were taken");
          }
        }
      }
      long after = System.nanoTime();
      times.recordValue(after - now);
      now = after;
    }
    return times;
  }

  private static Turn of(Histogram times, double seconds, double processor, Shape shape) {
    double bytes = (double) times.getTotalCount() * shape.callBytes();
    return new Turn(
        bytes / seconds,
        times.getValueAtPercentile(50) / 1e6,
        times.getValueAtPercentile(99) / 1e6,
        processor / bytes * 1e9);
  }
}
