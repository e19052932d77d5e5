package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.client.Answer;
import dev.unmask.client.ClientException;
import dev.unmask.client.OneStream;
import dev.unmask.client.UnmaskClient;
import dev.unmask.generation.v1.GenerateRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Requests at a steady rate, however long each takes, and what became of them. */
public final class Traffic implements AutoCloseable {
  /** What became of a request: an answer, or why there is none, and what its stream broke. */
  public record Outcome(
      Optional<Answer> answer, Optional<ClientException> failure, Optional<String> broken) {}

  private final UnmaskClient client;
  private final IntFunction<GenerateRequest> requests;
  private final AtomicInteger sent = new AtomicInteger();
  private final List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  private Traffic(UnmaskClient client, IntFunction<GenerateRequest> requests) {
    this.client = client;
    this.requests = requests;
  }

  /** Starts; request number n, from 0, is what {@code requests} makes of n. */
  public static Traffic start(
      UnmaskClient client, Duration interval, IntFunction<GenerateRequest> requests) {
    var traffic = new Traffic(client, requests);
    var _ =
        traffic.clock.scheduleAtFixedRate(
            () -> traffic.calls.execute(traffic::ask), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    return traffic;
  }

  /** Requests that are over. */
  public int over() {
    return outcomes.size();
  }

  /** Sends no more, waits for those under way, and tells of all. */
  public List<Outcome> end() throws InterruptedException {
    clock.shutdown();
    if (!clock.awaitTermination(1, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the clock does not stop");
    }
    calls.shutdown();
    if (!calls.awaitTermination(Fleet.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(sent.get() - over() + " requests are not over");
    }
    return List.copyOf(outcomes);
  }

  /** All were answered, and told nothing that they took back. */
  public static void assertWhole(List<Outcome> outcomes) {
    assertThat(outcomes).as("lost").allSatisfy(outcome -> assertThat(outcome.failure()).isEmpty());
    assertThat(outcomes)
        .as("contradicted")
        .allSatisfy(outcome -> assertThat(outcome.broken()).isEmpty());
  }

  @Override
  public void close() {
    clock.shutdownNow();
    calls.shutdownNow();
  }

  private void ask() {
    var stream = new OneStream();
    try {
      var answer = client.ask(requests.apply(sent.getAndIncrement()), stream::add);
      outcomes.add(new Outcome(Optional.of(answer), Optional.empty(), stream.broken()));
    } catch (ClientException e) {
      outcomes.add(new Outcome(Optional.empty(), Optional.of(e), stream.broken()));
    }
  }
}
