package dev.unmask.gateway;

import dev.unmask.contract.Limits;
import dev.unmask.tls.TlsRefresh;
import dev.unmask.wire.ServerBounds;
import io.grpc.ServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Bounds of the wire towards clients: a whole prompt of any size a rule can name must get in, and a
 * client whose host vanished must not keep a slot until its request's time is over.
 */
@Singleton
final class Transport implements BeanCreatedEventListener<ServerBuilder<?>> {
  private final ExecutorService calls;
  private final TlsRefresh tls;

  Transport(@Named(GatewayBeans.CALLS) ExecutorService calls, TlsRefresh tls) {
    this.calls = calls;
    this.tls = tls;
  }

  @Override
  public ServerBuilder<?> onCreated(BeanCreatedEvent<ServerBuilder<?>> event) {
    if (event.getBean() instanceof NettyServerBuilder netty) {
      ServerBounds.usual().bound(netty);
      tls.files().protect(netty);
      netty
          .keepAliveTime(Limits.KEEPALIVE_TIME.toNanos(), TimeUnit.NANOSECONDS)
          .keepAliveTimeout(Limits.KEEPALIVE_TIME.toNanos(), TimeUnit.NANOSECONDS);
    }
    return event
        .getBean()
        .executor(calls)
        .maxInboundMessageSize(Limits.MESSAGE_BYTES)
        .permitKeepAliveTime(Limits.KEEPALIVE_TIME.toNanos(), TimeUnit.NANOSECONDS);
  }
}
