package dev.unmask.gateway;

import dev.unmask.gateway.journal.RequestNotes;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.tracing.Tracing;
import dev.unmask.tracing.TracingSettings;
import io.grpc.ServerInterceptor;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.DisabledBeanException;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.util.Set;

/** How traces are put together. */
@Factory
final class TracingBeans {
  @Singleton
  @Bean(preDestroy = "close")
  Tracing tracing(Environment environment) {
    return Tracing.start(
        TracingSettings.read(key -> environment.getProperty(key, String.class)),
        "unmask-gateway",
        "");
  }

  /** Around all others: whom they turn away is traced, too. */
  @Singleton
  @Order(AccessBeans.ORDER + 2)
  ServerInterceptor tracedServer(Tracing tracing) {
    return tracing
        .server(
            Set.of(GenerationServiceGrpc.getGenerateMethod().getFullMethodName()),
            new RequestNotes())
        .orElseThrow(() -> new DisabledBeanException("no unmask.tracing.endpoint"));
  }
}
