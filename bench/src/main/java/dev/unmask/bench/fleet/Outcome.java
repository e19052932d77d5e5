package dev.unmask.bench.fleet;

import dev.unmask.client.Answer;
import dev.unmask.client.ClientException;
import dev.unmask.client.OneStream;
import dev.unmask.client.UnmaskClient;
import dev.unmask.generation.v1.GenerateRequest;
import java.util.List;
import java.util.Optional;

/**
 * What became of a request.
 *
 * @param answer empty if it failed
 * @param failure empty if it did not
 * @param broken what its stream broke of what clients rely on
 * @param due when it was to be sent, by {@link System#nanoTime}
 * @param seconds from then to its end
 */
public record Outcome(
    Optional<Answer> answer,
    Optional<ClientException> failure,
    Optional<String> broken,
    long due,
    double seconds) {
  private static final double NANOS = 1e9;

  /** Asks now and waits for the end. */
  static Outcome of(UnmaskClient client, GenerateRequest request, long due) {
    var stream = new OneStream();
    Optional<Answer> answer = Optional.empty();
    Optional<ClientException> failure = Optional.empty();
    try {
      answer = Optional.of(client.ask(request, stream::add));
    } catch (ClientException e) {
      failure = Optional.of(e);
    }
    double seconds = (System.nanoTime() - due) / NANOS;
    return new Outcome(answer, failure, stream.broken(), due, seconds);
  }

  /** When it ended, by {@link System#nanoTime}. */
  public long end() {
    return due + (long) (seconds * NANOS);
  }

  /** The value below which a share of all times lies; not a number if there are none. */
  public static double quantile(List<Outcome> outcomes, double share) {
    return Quantile.of(outcomes.stream().map(Outcome::seconds).toList(), share);
  }
}
