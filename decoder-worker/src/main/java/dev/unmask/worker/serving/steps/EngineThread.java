package dev.unmask.worker.serving.steps;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The one thread that owns a device. Runs calls in the order they come; at most {@link
 * Limits#ENGINE_QUEUE_CALLS} wait. A call that takes long may {@link #serve} others in between.
 * Safe to share among threads.
 */
public final class EngineThread implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final BlockingQueue<Runnable> calls = new ArrayBlockingQueue<>(Limits.ENGINE_QUEUE_CALLS);
  private final ThreadPoolExecutor executor;
  private final Waiting waiting;
  private final LongSupplier nanoTime;

  /** How the thread waits for a call, but no longer than it may. */
  @FunctionalInterface
  public interface Waiting {
    /** The next call; empty when the time is over. */
    Optional<Runnable> poll(BlockingQueue<Runnable> calls, long nanos) throws InterruptedException;
  }

  /** Starts the thread under a name that tells its device. */
  public EngineThread(String name) {
    this(
        Thread.ofPlatform().daemon().name(name).factory(),
        (calls, nanos) -> Optional.ofNullable(calls.poll(nanos, TimeUnit.NANOSECONDS)),
        System::nanoTime);
  }

  /**
   * Starts the thread.
   *
   * @param threads makes it
   * @param nanoTime the clock that it waits by, on {@link System#nanoTime}'s scale
   */
  public EngineThread(ThreadFactory threads, Waiting waiting, LongSupplier nanoTime) {
    this.waiting = waiting;
    this.nanoTime = nanoTime;
    executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, calls, threads);
  }

  /**
   * Runs a call behind those that wait.
   *
   * @throws ProblemException exhausted, if too many wait
   */
  public <T> Future<T> submit(Callable<T> call) {
    try {
      return executor.submit(call);
    } catch (RejectedExecutionException e) {
      var problem = new Problem.Exhausted("too many calls wait for the device", RETRY);
      throw (ProblemException) new ProblemException(problem).initCause(e);
    }
  }

  /**
   * Runs a call behind those that wait and gives its result. An interrupt is kept for later: the
   * call ends in a moment, and what it made must not be lost.
   *
   * @throws ProblemException exhausted, if too many wait
   */
  public <T> T call(Callable<T> call) {
    return result(submit(call));
  }

  /** The result of a submitted call; an interrupt is kept for later. */
  public static <T> T result(Future<T> result) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Like {@link #call}, without a result. */
  public void run(Runnable action) {
    call(Executors.callable(action));
  }

  /**
   * For a call that runs on this thread: runs the calls that wait, at most {@link
   * Limits#ENGINE_QUEUE_CALLS}, then waits for more, but no longer than it is told to and not once
   * enough have come.
   *
   * @param patience longest to wait, in nanoseconds
   * @param enough asked before each wait, on this thread
   */
  public void serve(long patience, BooleanSupplier enough) {
    long start = nanoTime.getAsLong();
    for (int served = 0; served < Limits.ENGINE_QUEUE_CALLS; served++) {
      var call = Optional.ofNullable(calls.poll());
      if (call.isEmpty() && !enough.getAsBoolean()) {
        call = await(patience - (nanoTime.getAsLong() - start));
      }
      if (call.isEmpty()) {
        return;
      }
      call.get().run();
    }
  }

  /** The next call; empty when the time is over, or the thread is to end. */
  private Optional<Runnable> await(long nanos) {
    try {
      return nanos <= 0 ? Optional.empty() : waiting.poll(calls, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    return switch (failure) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(failure);
    };
  }

  /** Lets waiting calls finish and ends the thread. */
  @Override
  public void close() {
    executor.close();
  }
}
