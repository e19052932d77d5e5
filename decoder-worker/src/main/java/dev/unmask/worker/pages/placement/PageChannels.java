package dev.unmask.worker.pages.placement;

import dev.unmask.contract.Limits;
import dev.unmask.tls.TlsFiles;
import dev.unmask.wire.PageSockets;
import dev.unmask.worker.pages.transfer.Lanes;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.Map;

/** Opens channels to cache-services. */
public final class PageChannels {
  private PageChannels() {}

  /** A channel in plain text, as {@link #open(String, Lanes, TlsFiles, List)} makes it. */
  public static ManagedChannel open(String instances, Lanes lanes) {
    return open(instances, lanes, TlsFiles.none(), List.of());
  }

  /**
   * A channel that connects on its first call; the caller shuts it down. Calls about a state go to
   * the instance that keeps it. It has threads of its own, because what arrives is copied and
   * checked on them. What is gone is noticed within {@link Limits#CACHE_SILENCE_TIME} once
   * something is sent, and tried again every {@link Limits#CACHE_RECONNECT_TIME}.
   *
   * @param instances {@code host:port}, or a list of such with commas, or {@code dns:///name:port}
   *     for all that a name resolves to, or {@code unix:/path} of one on this host
   * @param lanes to each instance
   * @param tls what it connects with; a Unix domain socket is in plain text
   * @param interceptors its calls pass through
   * @throws IllegalArgumentException if there are no Unix domain sockets here
   */
  public static ManagedChannel open(
      String instances, Lanes lanes, TlsFiles tls, List<ClientInterceptor> interceptors) {
    var sockets = new PageSockets("page-channel", lanes.most());
    var builder =
        local(instances)
            ? one(instances, sockets).usePlaintext()
            : tls.protect(many(instances, sockets));
    var channel = builder.defaultServiceConfig(config(lanes)).intercept(interceptors).build();
    // gRPC's own patience with an instance that is gone doubles up to two minutes.
    sockets.every(Limits.CACHE_RECONNECT_TIME, channel::resetConnectBackoff);
    return new PageChannel(channel, sockets);
  }

  /** An instance that says it does not serve gets no calls. */
  private static Map<String, ?> config(Lanes lanes) {
    return Map.of(
        "loadBalancingConfig",
        List.of(RendezvousProvider.config(lanes.most())),
        "healthCheckConfig",
        Map.of("serviceName", ""));
  }

  private static NettyChannelBuilder one(String path, PageSockets sockets) {
    if (!PageSockets.unix()) {
      sockets.close();
      throw new IllegalArgumentException(path + " cannot be reached: no epoll here");
    }
    var builder = NettyChannelBuilder.forTarget(path);
    sockets.connectUnix(builder);
    return builder;
  }

  private static NettyChannelBuilder many(String instances, PageSockets sockets) {
    var builder = NettyChannelBuilder.forTarget(InstanceResolverProvider.target(instances));
    sockets.connect(builder);
    return builder;
  }

  /** Whether an address is a socket on this host. */
  public static boolean local(String target) {
    return target.startsWith("unix:");
  }
}
