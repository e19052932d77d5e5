package dev.unmask.client.evaluation.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** Works through a list, a bounded number of pieces at once. */
final class Lanes {
  private Lanes() {}

  /** Work on one piece. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it. */
    void on(T piece) throws IOException, InterruptedException;
  }

  /**
   * Works on every piece, the first ones first; returns when all is done. When one fails the others
   * are interrupted.
   *
   * @throws InterruptedException when this thread is interrupted; all work is interrupted first
   * @throws IOException of the first piece that failed so
   */
  static <T> void work(List<T> pieces, int lanes, Work<T> work)
      throws IOException, InterruptedException {
    var queue = new ConcurrentLinkedQueue<>(pieces);
    int running = Math.min(lanes, pieces.size());
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var completion = new ExecutorCompletionService<Boolean>(executor);
      for (int lane = 0; lane < running; lane++) {
        completion.submit(() -> drain(queue, work));
      }
      try {
        for (int lane = 0; lane < running; lane++) {
          completion.take().get();
        }
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      } finally {
        executor.shutdownNow();
      }
    }
  }

  private static <T> boolean drain(ConcurrentLinkedQueue<T> queue, Work<T> work)
      throws IOException, InterruptedException {
    for (var piece = queue.poll(); piece != null; piece = queue.poll()) {
      work.on(piece);
    }
    return true;
  }

  /** Throws what a lane threw; returns only for the compiler. */
  private static RuntimeException failure(Throwable cause)
      throws IOException, InterruptedException {
    switch (cause) {
      case IOException e -> throw e;
      case InterruptedException e -> throw e;
      case UncheckedIOException e -> throw e.getCause();
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(cause);
    }
  }
}
