package dev.unmask.gateway.discovery.xds;

import com.google.common.net.InetAddresses;
import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.discovery.Endpoint;
import dev.unmask.gateway.discovery.Lookup;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All endpoints of one channel, as its balancers tell of them. It travels with the channel's
 * arguments, by which a balancer finds it. Balancers call it in the channel's turn.
 */
final class Directory {
  /** Where a balancer finds its channel's. */
  static final NameResolver.Args.Key<Directory> KEY =
      NameResolver.Args.Key.create("dev.unmask.directory");

  private final Map<DirectoryBalancer, List<EquivalentAddressGroup>> listed = new LinkedHashMap<>();
  private final String authority;
  private final Consumer<Lookup> listener;
  private volatile boolean used;

  /** Workers that are called by an authority. */
  Directory(String authority, Consumer<Lookup> listener) {
    this.authority = authority;
    this.listener = listener;
  }

  /** These are the endpoints of a balancer now. */
  void list(DirectoryBalancer balancer, List<EquivalentAddressGroup> endpoints) {
    used = true;
    listed.put(balancer, endpoints);
    tell();
  }

  /** Whether a balancer told anything, ever; for any thread. */
  boolean used() {
    return used;
  }

  /** A balancer is not in use any more. */
  void forget(DirectoryBalancer balancer) {
    if (listed.remove(balancer) != null) {
      tell();
    }
  }

  private void tell() {
    listener.accept(
        new Lookup.Found(
            listed.values().stream()
                .flatMap(List::stream)
                .map(group -> group.getAddresses().getFirst())
                .flatMap(Directory::address)
                .distinct()
                .sorted(Comparator.comparing(WorkerAddress::toString))
                .map(address -> new Endpoint(address, authority))
                .toList()));
  }

  private static Stream<WorkerAddress> address(SocketAddress address) {
    return address instanceof InetSocketAddress known && !known.isUnresolved()
        ? Stream.of(
            new WorkerAddress(InetAddresses.toUriString(known.getAddress()), known.getPort()))
        : Stream.empty();
  }
}
