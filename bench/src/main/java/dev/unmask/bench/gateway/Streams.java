package dev.unmask.bench.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Streams that are read side by side.
 *
 * @param count how many
 */
record Streams(int count) {
  /** What each of them gives, once all have ended. */
  <T> List<T> together(Callable<T> stream) throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (var done : threads.invokeAll(Stream.generate(() -> stream).limit(count).toList())) {
        results.add(done.get());
      }
      return results;
    }
  }
}
