package dev.unmask.gateway.discovery;

import com.google.common.net.InetAddresses;
import dev.unmask.gateway.config.WorkerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A worker at every address of a name. The name is looked up again and again, the next time a pause
 * after the answer, so that no lookup piles up behind a slow one. Safe for any thread.
 */
public final class NameSource implements Source {
  /** Finds addresses of a name; blocks as long as it takes. */
  @FunctionalInterface
  public interface Names {
    InetAddress[] addresses(String name) throws UnknownHostException;
  }

  /**
   * How lookups are made.
   *
   * @param names answers them
   * @param interval pause between two
   * @param threads runs them
   * @param later runs things after a delay
   */
  public record Lookups(
      Names names, Duration interval, Executor threads, BiConsumer<Duration, Runnable> later) {}

  private final WorkerAddress name;
  private final Lookups lookups;
  private volatile boolean closed;

  /** Workers at a name, all on the port beside it. */
  public NameSource(WorkerAddress name, Lookups lookups) {
    this.name = name;
    this.lookups = lookups;
  }

  @Override
  public void start(Consumer<Lookup> listener) {
    lookups.threads().execute(() -> lookAgainAndAgain(listener));
  }

  private void lookAgainAndAgain(Consumer<Lookup> listener) {
    if (!closed) {
      listener.accept(look());
      lookups.later().accept(lookups.interval(), () -> start(listener));
    }
  }

  private Lookup look() {
    try {
      return new Lookup.Found(
          Stream.of(lookups.names().addresses(name.host()))
              .map(address -> new WorkerAddress(InetAddresses.toUriString(address), name.port()))
              .distinct()
              .sorted(Comparator.comparing(WorkerAddress::toString))
              .map(address -> new Endpoint(address, name.toString()))
              .toList());
    } catch (UnknownHostException e) {
      return new Lookup.Failed("cannot be looked up: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "dns:///" + name;
  }
}
