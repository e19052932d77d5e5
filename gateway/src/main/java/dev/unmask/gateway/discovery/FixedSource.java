package dev.unmask.gateway.discovery;

import dev.unmask.gateway.config.WorkerAddress;
import java.util.List;
import java.util.function.Consumer;

/** One worker that is always there, whether or not it answers. */
public record FixedSource(WorkerAddress address) implements Source {
  @Override
  public void start(Consumer<Lookup> listener) {
    listener.accept(new Lookup.Found(List.of(Endpoint.at(address))));
  }

  @Override
  public void close() {
    // There is nothing to stop.
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
