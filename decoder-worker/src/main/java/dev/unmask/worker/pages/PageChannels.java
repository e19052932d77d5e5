package dev.unmask.worker.pages;

import dev.unmask.contract.Limits;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

/** Opens channels to a cache-service. */
public final class PageChannels {
  private PageChannels() {}

  /**
   * A channel that connects on its first call; the caller shuts it down.
   *
   * @param target {@code host:port}
   */
  public static ManagedChannel open(String target) {
    return NettyChannelBuilder.forTarget(target)
        .usePlaintext()
        .flowControlWindow(Limits.PAGE_WINDOW_BYTES)
        .maxInboundMessageSize(Limits.PAGE_MESSAGE_BYTES)
        .build();
  }
}
