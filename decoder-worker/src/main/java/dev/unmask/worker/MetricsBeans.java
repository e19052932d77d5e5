package dev.unmask.worker;

import dev.unmask.metrics.Metrics;
import dev.unmask.metrics.MetricsServer;
import dev.unmask.metrics.MetricsSettings;
import dev.unmask.tracing.Tracing;
import dev.unmask.worker.metrics.ForwardMeters;
import dev.unmask.worker.metrics.JourneyMeters;
import dev.unmask.worker.metrics.RequestInterceptor;
import dev.unmask.worker.metrics.WorkerMeters;
import dev.unmask.worker.serving.RequestListener;
import dev.unmask.worker.serving.Station;
import dev.unmask.worker.serving.models.Models;
import dev.unmask.worker.serving.steps.ForwardListener;
import dev.unmask.worker.tracing.TracedForwards;
import dev.unmask.worker.tracing.TracedRequests;
import io.grpc.ServerInterceptor;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.DisabledBeanException;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** How what is measured is put together. */
@Factory
final class MetricsBeans {
  @Singleton
  @Bean(preDestroy = "close")
  Metrics metrics() {
    return new Metrics();
  }

  @Singleton
  ForwardListener forwards(Metrics metrics, Tracing tracing) {
    var meters = new ForwardMeters(metrics);
    return tracing.on()
        ? new TracedForwards(meters, tracing.tracer(), InstantSource.system())
        : meters;
  }

  @Singleton
  RequestListener journeys(Metrics metrics, Tracing tracing) {
    var meters = new JourneyMeters(metrics, System::nanoTime);
    return tracing.on() ? new TracedRequests(meters, InstantSource.system()) : meters;
  }

  @Singleton
  ServerInterceptor requests(Metrics metrics) {
    return new RequestInterceptor(metrics);
  }

  @Singleton
  @Bean(preDestroy = "close")
  MetricsServer server(Environment environment, Metrics metrics, Models models, Station station) {
    var settings = MetricsSettings.read(key -> environment.getProperty(key, String.class));
    var address =
        settings.address().orElseThrow(() -> new DisabledBeanException("no unmask.metrics.port"));
    WorkerMeters.define(metrics, models.all(), station);
    return MetricsServer.start(address, metrics);
  }
}
