package dev.unmask.gateway.discovery;

import dev.unmask.contract.Limits;
import dev.unmask.gateway.config.WorkerAddress;
import io.grpc.SynchronizationContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of all entries together. It first tells of them when every entry was looked up, at
 * most {@link Limits#FIRST_LOOKUP_TIME} after the start, and from then on when something changed.
 * An address of two entries is one worker, called as the first one says. Safe for any thread.
 */
public final class Sources implements Discovery, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  private final List<KnownSource> sources;
  private final BiConsumer<Duration, Runnable> later;
  private final SynchronizationContext turns =
      new SynchronizationContext((thread, bug) -> LOG.error("discovery of workers failed", bug));
  private Optional<List<Endpoint>> told = Optional.empty();

  /**
   * Workers of entries.
   *
   * @param later runs things after a delay
   */
  public Sources(List<Source> sources, BiConsumer<Duration, Runnable> later) {
    this.sources = sources.stream().map(KnownSource::new).toList();
    this.later = later;
  }

  @Override
  public void start(Consumer<List<Endpoint>> fleet) {
    sources.forEach(known ->
        known
            .source()
            .start(lookup ->
                turns.execute(() -> {
                  known.hear(lookup);
                  if (told.isPresent() || sources.stream().allMatch(KnownSource::heard)) {
                    tell(fleet);
                  }
                })));
    turns.execute(() -> {
      if (told.isEmpty()) {
        later.accept(Limits.FIRST_LOOKUP_TIME, () -> turns.execute(() -> tell(fleet)));
      }
    });
  }

  private void tell(Consumer<List<Endpoint>> fleet) {
    var now = together();
    if (!told.equals(Optional.of(now))) {
      told = Optional.of(now);
      fleet.accept(now);
    }
  }

  private List<Endpoint> together() {
    var byAddress = new LinkedHashMap<WorkerAddress, Endpoint>();
    sources.stream()
        .flatMap(known -> known.endpoints().stream())
        .forEach(endpoint -> byAddress.putIfAbsent(endpoint.address(), endpoint));
    return List.copyOf(byAddress.values());
  }

  @Override
  public void close() {
    sources.forEach(known -> known.source().close());
  }
}
