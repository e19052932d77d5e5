package dev.unmask.worker.pages.placement;

import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;

/**
 * An instance and the connections to it, which keep themselves up: it takes calls while it has one.
 * Called in the channel's synchronization context.
 */
final class Instance {
  private final String name;
  private final long seed;
  private final List<Connection> connections;
  private int arrivals;

  private static final class Connection {
    private final Subchannel subchannel;
    private ConnectivityStateInfo state = ConnectivityStateInfo.forNonError(ConnectivityState.IDLE);

    Connection(Subchannel subchannel) {
      this.subchannel = subchannel;
    }

    boolean is(ConnectivityState wanted) {
      return state.getState() == wanted;
    }

    /** One that failed stays failed until it is ready: its attempts to connect are no hope yet. */
    void becomes(ConnectivityStateInfo next) {
      if (!is(ConnectivityState.TRANSIENT_FAILURE) || next.getState() == ConnectivityState.READY) {
        state = next;
      }
    }
  }

  /**
   * Not connected yet.
   *
   * @param subchannels at least one, none started
   */
  Instance(String name, List<Subchannel> subchannels) {
    this.name = name;
    this.seed = Rendezvous.seed(name);
    this.connections = subchannels.stream().map(Connection::new).toList();
  }

  /**
   * Connects, now and whenever a connection ends.
   *
   * @param changed hears of every change
   */
  void start(Changed changed) {
    for (var connection : connections) {
      connection.subchannel.start(state -> {
        if (state.getState() == ConnectivityState.IDLE) {
          connection.subchannel.requestConnection();
        }
        boolean was = ready();
        connection.becomes(state);
        arrivals += !was && ready() ? 1 : 0;
        changed.to(state.getState());
      });
      connection.subchannel.requestConnection();
    }
  }

  /** Hears what became of a connection. */
  @FunctionalInterface
  interface Changed {
    void to(ConnectivityState state);
  }

  void move(EquivalentAddressGroup addresses) {
    connections.forEach(each -> each.subchannel.updateAddresses(List.of(addresses)));
  }

  void shutdown() {
    connections.forEach(each -> each.subchannel.shutdown());
  }

  private boolean ready() {
    return connections.stream().anyMatch(each -> each.is(ConnectivityState.READY));
  }

  /** As one that takes calls; empty while it does not. */
  Optional<InstancePicker.Ready> taking() {
    var open =
        connections.stream()
            .filter(each -> each.is(ConnectivityState.READY))
            .map(each -> each.subchannel)
            .toList();
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(new InstancePicker.Ready(name, arrivals, seed, open));
  }

  /** Calls wait for a first connection; one that was lost may be lost for long. */
  boolean awaited() {
    return arrivals == 0
        && connections.stream().anyMatch(each -> !each.is(ConnectivityState.TRANSIENT_FAILURE));
  }

  /** Why it takes no calls. */
  Status failure() {
    return connections.stream()
        .filter(each -> each.is(ConnectivityState.TRANSIENT_FAILURE))
        .findFirst()
        .map(each -> each.state.getStatus())
        .orElseGet(
            () -> Status.UNAVAILABLE.withDescription("the connection to " + name + " was lost"));
  }
}
