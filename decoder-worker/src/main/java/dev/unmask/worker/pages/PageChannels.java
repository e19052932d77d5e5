package dev.unmask.worker.pages;

import dev.unmask.contract.Limits;
import dev.unmask.worker.pages.placement.InstanceResolverProvider;
import dev.unmask.worker.pages.placement.RendezvousProvider;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.Map;

/** Opens channels to cache-services. */
public final class PageChannels {
  /** An instance that says it does not serve gets no calls. */
  private static final Map<String, ?> WATCHING_HEALTH =
      Map.of("healthCheckConfig", Map.of("serviceName", ""));

  private PageChannels() {}

  /**
   * A channel that connects on its first call; the caller shuts it down. Calls about a state go to
   * the instance that keeps it.
   *
   * @param instances {@code host:port}, or a list of such with commas, or {@code dns:///name:port}
   *     for all that a name resolves to
   */
  public static ManagedChannel open(String instances) {
    return NettyChannelBuilder.forTarget(InstanceResolverProvider.target(instances))
        .defaultLoadBalancingPolicy(RendezvousProvider.POLICY)
        .defaultServiceConfig(WATCHING_HEALTH)
        .usePlaintext()
        .flowControlWindow(Limits.PAGE_WINDOW_BYTES)
        .maxInboundMessageSize(Limits.PAGE_MESSAGE_BYTES)
        .build();
  }
}
