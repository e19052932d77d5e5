package dev.unmask.wire;

import dev.unmask.contract.Limits;
import io.grpc.netty.NettyServerBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What one connection may ask of a service's gRPC port, before any call of it is looked at.
 *
 * @param idle longest a connection stays open without a call; whole milliseconds
 */
public record ServerBounds(Duration idle) {
  /** Those of {@link Limits}. */
  public static ServerBounds usual() {
    return new ServerBounds(Limits.CONNECTION_IDLE_TIME);
  }

  /** Bounds a server. */
  public void bound(NettyServerBuilder server) {
    server
        .maxInboundMetadataSize(Limits.METADATA_BYTES)
        .maxConcurrentCallsPerConnection(Limits.CONNECTION_CALLS)
        .maxRstFramesPerWindow(
            Limits.CONNECTION_RESETS, Math.toIntExact(Limits.RESET_WINDOW.toSeconds()))
        .maxConnectionIdle(idle.toMillis(), TimeUnit.MILLISECONDS);
  }
}
