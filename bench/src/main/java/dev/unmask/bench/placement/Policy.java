package dev.unmask.bench.placement;

import dev.unmask.worker.pages.placement.InstanceResolverProvider;
import dev.unmask.worker.pages.placement.RendezvousProvider;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.Map;

/** The balancers that are compared. */
enum Policy {
  /** Ours. */
  RENDEZVOUS(RendezvousProvider.POLICY, Map.of()),
  /** gRPC's, from grpc-xds, as far as it can be used without xDS. */
  RING_HASH(
      "ring_hash_experimental",
      Map.of("minRingSize", 1024.0, "maxRingSize", 4096.0, "requestHashHeader", "x-unmask-state"));

  private final String policy;
  private final Map<String, ?> config;

  Policy(String policy, Map<String, ?> config) {
    this.policy = policy;
    this.config = config;
  }

  /** Its name in gRPC. */
  String policy() {
    return policy;
  }

  /** A channel to nodes, with the policy or one that wraps it. */
  ManagedChannel open(List<Node> nodes, String wrapped) {
    var addresses = String.join(",", nodes.stream().map(Node::address).toList());
    return NettyChannelBuilder.forTarget(InstanceResolverProvider.target(addresses))
        .usePlaintext()
        .defaultServiceConfig(
            Map.of(
                "loadBalancingConfig",
                List.of(Map.of(wrapped, config)),
                "healthCheckConfig",
                Map.of("serviceName", "")))
        .build();
  }
}
