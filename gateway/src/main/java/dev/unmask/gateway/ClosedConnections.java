package dev.unmask.gateway;

import dev.unmask.gateway.openai.Departures;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFutureListener;
import jakarta.inject.Singleton;
import reactor.core.publisher.Mono;

/**
 * A client that closes its connection has left. Micronaut tells an answer under way of it, but not
 * a method that has yet to give one.
 */
@Singleton
final class ClosedConnections implements Departures {
  @Override
  public Mono<Void> of(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> known ? closed(known) : Mono.never();
  }

  private static Mono<Void> closed(NettyHttpRequest<?> request) {
    return Mono.create(waiting -> {
      var end = request.getChannelHandlerContext().channel().closeFuture();
      ChannelFutureListener listener = _ -> waiting.success();
      end.addListener(listener);
      waiting.onDispose(() -> end.removeListener(listener));
    });
  }
}
