package dev.unmask.gateway.routing;

import dev.unmask.gateway.config.WorkerAddress;
import io.grpc.ManagedChannel;

/** Opens channels to workers. */
@FunctionalInterface
public interface Channels {
  /** A channel that connects when first used; the caller shuts it down. */
  ManagedChannel open(WorkerAddress address);
}
