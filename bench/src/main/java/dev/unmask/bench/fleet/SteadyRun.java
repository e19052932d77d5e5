package dev.unmask.bench.fleet;

import dev.unmask.client.UnmaskClient;
import dev.unmask.generation.v1.GenerateRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a steady rate, each timed from when it was due, however late it was sent.
 *
 * @param interval between two of them
 */
public record SteadyRun(UnmaskClient client, List<GenerateRequest> requests, Duration interval) {
  /** Sends all and waits for all, in order. */
  public List<Outcome> run() throws InterruptedException, ExecutionException {
    try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
      var sent = send(calls);
      var outcomes = new ArrayList<Outcome>();
      for (var outcome : sent) {
        outcomes.add(outcome.get());
      }
      return outcomes;
    }
  }

  private List<Future<Outcome>> send(ExecutorService calls) {
    var sent = new ArrayList<Future<Outcome>>();
    long start = System.nanoTime();
    for (var request : requests) {
      long due = start + sent.size() * interval.toNanos();
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      sent.add(calls.submit(() -> Outcome.of(client, request, due)));
    }
    return sent;
  }
}
