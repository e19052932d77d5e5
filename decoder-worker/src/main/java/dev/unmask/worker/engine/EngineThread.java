package dev.unmask.worker.engine;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that owns a device. Runs calls in the order they come; at most {@link
 * Limits#ENGINE_QUEUE_CALLS} wait. Safe to share among threads.
 */
public final class EngineThread implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ThreadPoolExecutor executor;

  /** Starts the thread under a name that tells its device. */
  public EngineThread(String name) {
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(Limits.ENGINE_QUEUE_CALLS),
            Thread.ofPlatform().daemon().name(name).factory());
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
    var result = submit(call);
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
