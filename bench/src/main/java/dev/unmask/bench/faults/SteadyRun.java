package dev.unmask.bench.faults;

import dev.unmask.client.Answer;
import dev.unmask.client.ClientException;
import dev.unmask.client.OneStream;
import dev.unmask.client.UnmaskClient;
import dev.unmask.generation.v1.GenerateRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
record SteadyRun(UnmaskClient client, List<GenerateRequest> requests, Duration interval) {
  /**
   * What became of a request.
   *
   * @param answer empty if it was lost
   * @param broken what its stream broke of what clients rely on
   * @param seconds from when it was due to its end
   */
  record Outcome(Optional<Answer> answer, Optional<String> broken, double seconds) {}

  /** Sends all and waits for all, in order. */
  List<Outcome> run() throws InterruptedException, ExecutionException {
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
      sent.add(calls.submit(() -> outcome(request, due)));
    }
    return sent;
  }

  private Outcome outcome(GenerateRequest request, long due) {
    var stream = new OneStream();
    Optional<Answer> answer = Optional.empty();
    try {
      answer = Optional.of(client.ask(request, stream::add));
    } catch (ClientException e) {
      System.err.println("lost: " + e.getMessage());
    }
    return new Outcome(answer, stream.broken(), (System.nanoTime() - due) / 1e9);
  }
}
