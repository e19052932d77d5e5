package dev.unmask.gateway;

import dev.unmask.contract.Limits;
import dev.unmask.gateway.admission.Admission;
import dev.unmask.gateway.admission.RequestIds;
import dev.unmask.gateway.admission.gate.Gate;
import dev.unmask.gateway.config.RoutingSettings;
import dev.unmask.gateway.discovery.Endpoint;
import dev.unmask.gateway.discovery.Sources;
import dev.unmask.gateway.routing.Fleet;
import dev.unmask.gateway.routing.Router;
import dev.unmask.gateway.routing.Timer;
import dev.unmask.gateway.session.Dispatcher;
import dev.unmask.gateway.session.ReopenBudget;
import dev.unmask.gateway.session.Switchboard;
import dev.unmask.tls.TlsFiles;
import dev.unmask.tls.TlsRefresh;
import dev.unmask.tls.TlsSettings;
import dev.unmask.tracing.Tracing;
import io.grpc.BindableService;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.netty.channel.ChannelOption;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** How the service is put together. */
@Factory
final class GatewayBeans {
  static final String CALLS = "gateway-calls";
  static final String TIMER = "gateway-timer";

  /** Runs the callbacks of all calls; none of them blocks. */
  @Singleton
  @Named(CALLS)
  @Bean(preDestroy = "shutdown")
  ExecutorService calls() {
    return Executors.newThreadPerTaskExecutor(
        Thread.ofVirtual().name("gateway-call-", 0).factory());
  }

  @Singleton
  @Named(TIMER)
  @Bean(preDestroy = "shutdownNow")
  ScheduledExecutorService timer() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(TIMER).factory());
  }

  @Singleton
  @Bean(preDestroy = "close")
  Fleet fleet(
      RoutingSettings settings,
      Sources sources,
      Timer timer,
      @Named(CALLS) ExecutorService calls,
      TlsRefresh tls,
      Tracing tracing) {
    return Fleet.open(
        settings,
        sources,
        worker -> channel(worker, calls, tls.files()).intercept(tracing.clients()).build(),
        timer);
  }

  @Singleton
  Timer later(@Named(TIMER) ScheduledExecutorService timer) {
    return (delay, task) -> {
      var _ = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    };
  }

  @Singleton
  ReopenBudget reopenBudget() {
    return new ReopenBudget();
  }

  @Singleton
  Dispatcher dispatcher(
      Fleet fleet, RoutingSettings routing, ReopenBudget budget, Gate gate, Timer timer) {
    var random = new SecureRandom();
    return new Dispatcher(
        new Switchboard(
            fleet, new Router(random, routing.affinityMargin()), budget, timer, System::nanoTime),
        new Admission(new RequestIds(random)),
        gate);
  }

  @Singleton
  BindableService reflection() {
    return ProtoReflectionServiceV1.newInstance();
  }

  /** What older tools ask for: the same service under its name before it was final. */
  @Singleton
  @SuppressWarnings("deprecation")
  BindableService olderReflection() {
    return ProtoReflectionService.newInstance();
  }

  @Singleton
  @Bean(preDestroy = "close")
  TlsRefresh tls(Environment environment) {
    return new TlsRefresh(
        new TlsFiles(TlsSettings.read(key -> environment.getProperty(key, String.class))));
  }

  /** An attempt that the network swallowed ends soon, so that the next one finds who is back. */
  private static NettyChannelBuilder channel(Endpoint worker, ExecutorService calls, TlsFiles tls) {
    return tls.protect(NettyChannelBuilder.forTarget(worker.address().target()))
        .overrideAuthority(worker.authority())
        .executor(calls)
        .maxInboundMessageSize(Limits.MESSAGE_BYTES)
        .withOption(
            ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(Limits.QUERY_TIME.toMillis()))
        .keepAliveTime(Limits.KEEPALIVE_TIME.toNanos(), TimeUnit.NANOSECONDS)
        .keepAliveTimeout(Limits.KEEPALIVE_TIME.toNanos(), TimeUnit.NANOSECONDS);
  }
}
