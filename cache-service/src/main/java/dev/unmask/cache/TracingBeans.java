package dev.unmask.cache;

import dev.unmask.tracing.CallNotes;
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
  /** gRPC asks the interceptor of the highest order first. */
  private static final int OUTERMOST = 100;

  @Singleton
  @Bean(preDestroy = "close")
  Tracing tracing(Environment environment) {
    return Tracing.start(
        TracingSettings.read(key -> environment.getProperty(key, String.class)),
        "unmask-cache",
        "");
  }

  /** No trace begins here. */
  @Singleton
  @Order(OUTERMOST)
  ServerInterceptor tracedServer(Tracing tracing) {
    return tracing
        .server(Set.of(), CallNotes.NONE)
        .orElseThrow(() -> new DisabledBeanException("no unmask.tracing.endpoint"));
  }
}
