package dev.unmask.worker;

import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.tracing.Tracing;
import dev.unmask.tracing.TracingSettings;
import dev.unmask.worker.config.WorkerSettings;
import dev.unmask.worker.tracing.DecodeNotes;
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
  Tracing tracing(Environment environment, WorkerSettings settings) {
    return Tracing.start(
        TracingSettings.read(key -> environment.getProperty(key, String.class)),
        "unmask-worker",
        settings.name());
  }

  @Singleton
  @Order(OUTERMOST)
  ServerInterceptor tracedServer(Tracing tracing, WorkerSettings settings) {
    return tracing
        .server(
            Set.of(DecoderServiceGrpc.getDecodeMethod().getFullMethodName()),
            new DecodeNotes(settings.name()))
        .orElseThrow(() -> new DisabledBeanException("no unmask.tracing.endpoint"));
  }
}
