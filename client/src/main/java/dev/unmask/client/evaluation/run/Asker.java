package dev.unmask.client.evaluation.run;

import dev.unmask.client.ClientException;
import dev.unmask.client.UnmaskClient;
import dev.unmask.contract.Limits;
import dev.unmask.generation.v1.GenerateRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks a gateway, and asks again, a bounded number of times, when it is told to come back later or
 * cannot be reached. Safe for use by many threads.
 */
final class Asker {
  private final UnmaskClient client;
  private final Ticker ticker;

  Asker(UnmaskClient client, Ticker ticker) {
    this.client = client;
    this.ticker = ticker;
  }

  /**
   * Asks.
   *
   * @param request made for every attempt, because making it may itself ask the gateway
   * @throws InterruptedException when the thread is interrupted; the request is cancelled
   */
  Asked ask(Supplier<GenerateRequest> request) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      boolean made = false;
      try {
        var making = request.get();
        made = true;
        return once(making, attempt);
      } catch (ClientException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException(e.getMessage());
        }
        var pause = pause(e, made);
        if (pause.isEmpty() || attempt == Bounds.ATTEMPTS) {
          return Asked.Refused.of(attempt, e);
        }
        ticker.sleep(pause.get());
      } catch (IllegalStateException e) {
        // A stream that ends in the middle is a server's mistake, and this answer's alone.
        return new Asked.Refused(attempt, e.getMessage(), false, false);
      }
    }
  }

  private Asked once(GenerateRequest request, int attempt) {
    var recording = new Recording();
    var at = ticker.now();
    long start = ticker.nanoTime();
    try (var generation = client.generate(request)) {
      generation.forEachRemaining(recording::add);
    }
    var latency = Duration.ofNanos(ticker.nanoTime() - start);
    return new Asked.Answered(attempt, recording.answer(), recording.trace(), at, latency);
  }

  /**
   * How long to wait before asking again; empty when it is of no use. Counting tokens has little
   * time, which a busy server may let pass; a generation that took all of its time would again.
   */
  private static Optional<Duration> pause(ClientException failure, boolean made) {
    boolean late = !made && failure.code() == Status.Code.DEADLINE_EXCEEDED;
    return failure
        .retryAfter()
        .or(() ->
            late || failure.code() == Status.Code.UNAVAILABLE
                ? Optional.of(Limits.RETRY_DELAY)
                : Optional.empty())
        .map(delay -> delay.compareTo(Bounds.RETRY_PAUSE) > 0 ? Bounds.RETRY_PAUSE : delay);
  }
}
