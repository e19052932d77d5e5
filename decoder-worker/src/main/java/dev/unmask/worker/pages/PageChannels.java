package dev.unmask.worker.pages;

import dev.unmask.wire.PageSockets;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

/** Opens channels to a cache-service. */
public final class PageChannels {
  private static final int THREADS = 1;

  private PageChannels() {}

  /**
   * A channel that connects on its first call; the caller shuts it down. It has threads of its own,
   * because what arrives is copied and checked on them.
   *
   * @param target {@code host:port}, or {@code unix:/path} of a service on this host
   * @throws IllegalArgumentException if there are no Unix domain sockets here
   */
  public static ManagedChannel open(String target) {
    if (local(target) && !PageSockets.unix()) {
      throw new IllegalArgumentException(target + " cannot be reached: no epoll here");
    }
    var sockets = new PageSockets("page-channel", THREADS);
    var builder = NettyChannelBuilder.forTarget(target).usePlaintext();
    if (local(target)) {
      sockets.connectUnix(builder);
    } else {
      sockets.connect(builder);
    }
    return new PageChannel(builder.build(), sockets);
  }

  /** Whether an address is a socket on this host. */
  public static boolean local(String target) {
    return target.startsWith("unix:");
  }
}
