package dev.unmask.cache;

import dev.unmask.contract.Limits;
import io.grpc.ServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/**
 * Bounds of the wire: a window wide enough that a whole chunk never waits for an acknowledgement.
 */
@Singleton
final class Transport implements BeanCreatedEventListener<ServerBuilder<?>> {
  @Override
  public ServerBuilder<?> onCreated(BeanCreatedEvent<ServerBuilder<?>> event) {
    var builder = event.getBean();
    if (builder instanceof NettyServerBuilder netty) {
      bound(netty);
    }
    return builder;
  }

  /** Bounds a listener. */
  static void bound(NettyServerBuilder builder) {
    builder
        .maxInboundMessageSize(Limits.PAGE_MESSAGE_BYTES)
        .flowControlWindow(Limits.PAGE_WINDOW_BYTES);
  }
}
