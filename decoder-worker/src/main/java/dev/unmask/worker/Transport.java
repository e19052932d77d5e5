package dev.unmask.worker;

import dev.unmask.contract.Limits;
import dev.unmask.tls.TlsRefresh;
import dev.unmask.wire.ServerBounds;
import io.grpc.ServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * Bounds of the wire: messages as large as the contract allows, gateways that probe the line, and
 * none whose host vanished that keeps slots until its requests' time is over.
 */
@Singleton
final class Transport implements BeanCreatedEventListener<ServerBuilder<?>> {
  private final TlsRefresh tls;

  Transport(TlsRefresh tls) {
    this.tls = tls;
  }

  @Override
  public ServerBuilder<?> onCreated(BeanCreatedEvent<ServerBuilder<?>> event) {
    var builder = event.getBean().maxInboundMessageSize(Limits.MESSAGE_BYTES);
    if (builder instanceof NettyServerBuilder netty) {
      netty
          .permitKeepAliveTime(Limits.KEEPALIVE_TIME.toMillis() / 2, TimeUnit.MILLISECONDS)
          .permitKeepAliveWithoutCalls(true)
          .keepAliveTime(Limits.KEEPALIVE_TIME.toMillis(), TimeUnit.MILLISECONDS)
          .keepAliveTimeout(Limits.KEEPALIVE_TIME.toMillis(), TimeUnit.MILLISECONDS);
      ServerBounds.usual().bound(netty);
      tls.files().protect(netty);
    }
    return builder;
  }
}
