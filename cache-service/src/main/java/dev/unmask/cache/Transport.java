package dev.unmask.cache;

import dev.unmask.tls.TlsRefresh;
import dev.unmask.wire.PageSockets;
import dev.unmask.wire.ServerBounds;
import io.grpc.ServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/** Gives the listener that Micronaut makes the sockets and bounds of a page transport. */
@Singleton
final class Transport implements BeanCreatedEventListener<ServerBuilder<?>> {
  private final PageSockets sockets;
  private final TlsRefresh tls;

  Transport(PageSockets sockets, TlsRefresh tls) {
    this.sockets = sockets;
    this.tls = tls;
  }

  @Override
  public ServerBuilder<?> onCreated(BeanCreatedEvent<ServerBuilder<?>> event) {
    if (event.getBean() instanceof NettyServerBuilder netty) {
      sockets.serve(netty);
      ServerBounds.usual().bound(netty);
      tls.files().protect(netty);
    }
    return event.getBean();
  }
}
