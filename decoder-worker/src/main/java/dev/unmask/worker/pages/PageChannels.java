package dev.unmask.worker.pages;

import dev.unmask.contract.Limits;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

/** Opens channels to a cache-service. */
public final class PageChannels {
  private PageChannels() {}

  /**
   * A channel that connects on its first call; the caller shuts it down.
   *
   * @param target {@code host:port}, or {@code unix:/path} of a service on this host
   * @throws IllegalArgumentException if there are no Unix domain sockets here
   */
  public static ManagedChannel open(String target) {
    // Knows how to reach every kind of address, and is netty's builder for each of ours.
    if (Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
        instanceof NettyChannelBuilder netty) {
      return netty
          .flowControlWindow(Limits.PAGE_WINDOW_BYTES)
          .maxInboundMessageSize(Limits.PAGE_MESSAGE_BYTES)
          .build();
    }
    throw new IllegalArgumentException("there is no way to " + target + " here");
  }

  /** Whether an address is a socket on this host. */
  public static boolean local(String target) {
    return target.startsWith("unix:");
  }
}
