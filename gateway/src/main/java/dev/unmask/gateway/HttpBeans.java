package dev.unmask.gateway;

import dev.unmask.contract.Limits;
import dev.unmask.gateway.config.HttpSettings;
import dev.unmask.gateway.loopback.Loopback;
import dev.unmask.gateway.loopback.LoopbackServer;
import dev.unmask.tls.TlsRefresh;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.server.netty.ssl.ServerSslBuilder;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** How HTTP is put together. */
@Factory
final class HttpBeans {
  @Singleton
  @Bean(preDestroy = "close")
  LoopbackServer loopbackServer(
      List<BindableService> services,
      List<ServerInterceptor> interceptors,
      @Named(GatewayBeans.CALLS) ExecutorService calls) {
    return LoopbackServer.start(services, interceptors, calls);
  }

  @Singleton
  Loopback loopback(LoopbackServer server) {
    return new Loopback(server.channel());
  }

  /** The same files as gRPC's. */
  @Singleton
  @Primary
  ServerSslBuilder httpTls(TlsRefresh tls, @Value("${micronaut.server.port}") int port) {
    return new HttpTls(tls.files(), port);
  }

  /** Ends connections that send no whole request. */
  @Singleton
  BeanCreatedEventListener<NettyServerCustomizer.Registry> slowRequests(HttpSettings settings) {
    return new SlowRequests(settings.requestTime());
  }

  /** Bounds of HTTP's wire. */
  @Singleton
  BeanCreatedEventListener<NettyHttpServerConfiguration> bounds() {
    return new Bounds();
  }

  private static final class Bounds
      implements BeanCreatedEventListener<NettyHttpServerConfiguration> {
    @Override
    public NettyHttpServerConfiguration onCreated(
        BeanCreatedEvent<NettyHttpServerConfiguration> event) {
      var configuration = event.getBean();
      configuration.setMaxRequestSize(Limits.HTTP_BODY_BYTES);
      configuration.setMaxRequestBufferSize(Limits.HTTP_BODY_BYTES);
      configuration.setMaxHeaderSize(Limits.METADATA_BYTES);
      configuration.setIdleTimeout(Limits.HTTP_IDLE_TIME);
      return configuration;
    }
  }
}
