package dev.unmask.gateway.routing.channels;

import dev.unmask.gateway.discovery.Endpoint;
import io.grpc.ManagedChannel;

/** Opens channels to workers. */
@FunctionalInterface
public interface Channels {
  /** A channel that connects when first used; the caller shuts it down. */
  ManagedChannel open(Endpoint worker);
}
