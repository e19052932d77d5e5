package dev.unmask.gateway.routing;

import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.discovery.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who is in the fleet, and who has left it but still has requests. An address has one link at most.
 * Safe for any thread.
 */
final class Members {
  /** One leaving of one worker; if it comes back and leaves again, that is another one. */
  static final class Departure {
    private final WorkerLink link;

    private Departure(WorkerLink link) {
      this.link = link;
    }

    WorkerLink link() {
      return link;
    }
  }

  /** What changed: links that are new, and workers that began to leave. */
  record Change(List<WorkerLink> joined, List<Departure> left) {}

  private final Map<WorkerAddress, Departure> leaving = new LinkedHashMap<>();
  private Map<WorkerAddress, WorkerLink> present = Map.of();
  private boolean closed;

  /** Makes these the fleet. Who comes back while it leaves has not been away. */
  synchronized Change become(List<Endpoint> fleet, Function<Endpoint, WorkerLink> opening) {
    var joined = new ArrayList<WorkerLink>();
    var left = new ArrayList<Departure>();
    if (closed) {
      return new Change(joined, left);
    }
    var before = present;
    present = new LinkedHashMap<>();
    for (var endpoint : fleet) {
      var link =
          Optional.ofNullable(before.get(endpoint.address()))
              .or(() ->
                  Optional.ofNullable(leaving.remove(endpoint.address())).map(Departure::link))
              .orElseGet(() -> {
                var opened = opening.apply(endpoint);
                joined.add(opened);
                return opened;
              });
      present.put(endpoint.address(), link);
    }
    before.forEach((address, link) -> {
      if (!present.containsKey(address)) {
        var departure = new Departure(link);
        leaving.put(address, departure);
        left.add(departure);
      }
    });
    return new Change(joined, left);
  }

  /** Those in the fleet. */
  synchronized List<WorkerLink> present() {
    return List.copyOf(present.values());
  }

  /** The link to an address, also of a worker that leaves. */
  synchronized Optional<WorkerLink> find(WorkerAddress address) {
    return Optional.ofNullable(present.get(address))
        .or(() -> Optional.ofNullable(leaving.get(address)).map(Departure::link));
  }

  /** Whether a link is still needed; one that leaves is forgotten when its last call has ended. */
  synchronized boolean needs(WorkerLink link) {
    if (closed) {
      return false;
    }
    if (link.equals(present.get(link.address()))) {
      return true;
    }
    // Its address may have another link by now.
    var departure = Optional.ofNullable(leaving.get(link.address()));
    if (departure.isEmpty() || !departure.get().link().equals(link)) {
      return false;
    }
    return !link.idle() || !end(departure.get());
  }

  /** Ends a departure; false if it has ended already. */
  synchronized boolean end(Departure departure) {
    return leaving.remove(departure.link().address(), departure);
  }

  /** Ends all membership; returns all links there were. */
  synchronized List<WorkerLink> close() {
    closed = true;
    return Stream.concat(present.values().stream(), leaving.values().stream().map(Departure::link))
        .toList();
  }
}
