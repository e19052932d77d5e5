package dev.unmask.client.load.drive;

import dev.unmask.client.ClientException;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.evaluation.run.Ticker;
import dev.unmask.client.load.measure.Outcome;
import dev.unmask.client.load.measure.Times;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Usage;
import io.grpc.Status;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sends a request and notes when what comes back. Safe for use by many threads.
 *
 * @param client to send with
 * @param ticker tells the time
 */
record Caller(UnmaskClient client, Ticker ticker) {
  /**
   * Sends it now and waits for its end. A thread that is interrupted cancels it.
   *
   * @param arrival when it should have been sent
   */
  Outcome call(GenerateRequest request, long arrival) {
    var watch = new Watch(arrival, ticker.nanoTime());
    try (var generation = client.generate(request)) {
      while (generation.hasNext()) {
        watch.see(generation.next(), ticker.nanoTime());
      }
      return watch.end(ticker.nanoTime());
    } catch (ClientException e) {
      var times = watch.times(ticker.nanoTime());
      return Thread.interrupted()
          ? new Outcome.Unfinished(times)
          : new Outcome.Failed(times, e.code(), String.join("; ", e.lines()), e.retryAfter());
    }
  }

  /** One request's moments. For one thread. */
  private static final class Watch {
    private final long arrival;
    private final long sent;
    private OptionalLong firstDelta = OptionalLong.empty();
    private OptionalLong firstBlock = OptionalLong.empty();
    private Optional<Usage> usage = Optional.empty();

    Watch(long arrival, long sent) {
      this.arrival = arrival;
      this.sent = sent;
    }

    void see(GenerateResponse event, long now) {
      switch (event.getEventCase()) {
        case DELTA -> {
          if (firstDelta.isEmpty() && event.getDelta().getCommitsCount() > 0) {
            firstDelta = OptionalLong.of(now - arrival);
          }
        }
        case COMMITTED -> {
          if (firstBlock.isEmpty()) {
            firstBlock = OptionalLong.of(now - arrival);
          }
        }
        case CLOSED -> usage = Optional.of(event.getClosed().getUsage());
        case OPENED, EVENT_NOT_SET -> {
          // Says nothing of progress.
        }
      }
    }

    Times times(long now) {
      return new Times(arrival, sent - arrival, firstDelta, firstBlock, now - arrival);
    }

    Outcome end(long now) {
      var times = times(now);
      return usage
          .<Outcome>map(took -> new Outcome.Completed(times, took))
          .orElseGet(() ->
              new Outcome.Failed(
                  times, Status.Code.DATA_LOSS, "the stream ended early", Optional.empty()));
    }
  }
}
