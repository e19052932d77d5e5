package dev.unmask.bench.placement;

import dev.unmask.worker.pages.placement.InstanceResolverProvider;
import dev.unmask.worker.pages.placement.RendezvousProvider;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.Map;

/**
 * A balancer that is compared.
 *
 * @param policy its name in gRPC
 * @param config as in a service config
 */
record Policy(String policy, Map<String, ?> config) {
  /** Ours, and that of grpc-xds as far as it can be used without xDS. */
  static List<Policy> all() {
    return List.of(
        new Policy(RendezvousProvider.POLICY, Map.of()),
        new Policy(
            "ring_hash_experimental",
            Map.of(
                "minRingSize",
                1024.0,
                "maxRingSize",
                4096.0,
                "requestHashHeader",
                "x-unmask-state")));
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
