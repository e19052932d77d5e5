package dev.unmask.gateway;

import dev.unmask.gateway.admission.gate.Gate;
import dev.unmask.gateway.journal.RequestJournal;
import dev.unmask.gateway.metrics.GatewayMeters;
import dev.unmask.gateway.metrics.RequestInterceptor;
import dev.unmask.gateway.routing.Fleet;
import dev.unmask.gateway.session.ReopenBudget;
import dev.unmask.metrics.Metrics;
import io.grpc.ServerInterceptor;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;

/** How what is measured is put together. */
@Factory
final class MetricsBeans {
  @Singleton
  @Bean(preDestroy = "close")
  Metrics metrics(Gate gate, Fleet fleet, ReopenBudget budget) {
    var metrics = new Metrics();
    GatewayMeters.define(metrics, gate, fleet, budget);
    return metrics;
  }

  /** Within the one that asks who calls: it names the tenant. */
  @Singleton
  @Order(AccessBeans.ORDER - 1)
  ServerInterceptor requestJournal() {
    return new RequestJournal(System::nanoTime);
  }

  /** Around the one that asks who calls: whom it turns away counts, too. */
  @Singleton
  @Order(AccessBeans.ORDER + 1)
  ServerInterceptor requestInterceptor(Metrics metrics) {
    return new RequestInterceptor(metrics, System::nanoTime);
  }
}
