package dev.unmask.gateway;

import dev.unmask.contract.Limits;
import dev.unmask.gateway.access.Access;
import dev.unmask.gateway.access.AccessInterceptor;
import dev.unmask.gateway.access.tenants.WatchedTenants;
import dev.unmask.gateway.admission.gate.Gate;
import dev.unmask.gateway.config.AccessSettings;
import io.grpc.ServerInterceptor;
import io.micronaut.context.annotation.Factory;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may call, how it is asked, and how much each may ask for. */
@Factory
final class AccessBeans {
  /**
   * gRPC asks the interceptor of the highest order first: those that only measure a call are above
   * this, those that look into it below.
   */
  static final int ORDER = -100;

  private static final Logger LOG = LoggerFactory.getLogger(AccessBeans.class);

  @Singleton
  Access access(
      AccessSettings settings, @Named(GatewayBeans.TIMER) ScheduledExecutorService timer) {
    return settings
        .tenants()
        .map(path -> watched(path, timer))
        .orElseGet(() -> everybody(settings.namespace()));
  }

  @Singleton
  @Order(ORDER)
  ServerInterceptor accessInterceptor(Access access) {
    return new AccessInterceptor(access);
  }

  @Singleton
  Gate gate(
      @Named(GatewayBeans.TIMER) ScheduledExecutorService timer,
      @Named(GatewayBeans.CALLS) ExecutorService calls) {
    var gate = new Gate(System::nanoTime, Limits.GATEWAY_WAITING, Limits.GATEWAY_SENT_FIRST, calls);
    long pause = Limits.GATEWAY_SWEEP.toMillis();
    var _ = timer.scheduleWithFixedDelay(gate::sweep, pause, pause, TimeUnit.MILLISECONDS);
    return gate;
  }

  private static Access watched(Path path, ScheduledExecutorService timer) {
    var tenants = new WatchedTenants(path, InstantSource.system());
    long pause = Limits.TENANTS_REFRESH.toMillis();
    var _ = timer.scheduleWithFixedDelay(tenants::refresh, pause, pause, TimeUnit.MILLISECONDS);
    return tenants;
  }

  private static Access everybody(String namespace) {
    LOG.warn(
        "no unmask.gateway.tenants: everybody may call, as one tenant of the namespace {}",
        namespace);
    return Access.open(namespace);
  }
}
