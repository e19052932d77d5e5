package dev.unmask.cache;

import dev.unmask.cache.config.CacheSettings;
import dev.unmask.cache.lease.Leases;
import dev.unmask.cache.metrics.LeaseMeters;
import dev.unmask.cache.metrics.RetentionMeters;
import dev.unmask.cache.metrics.StoreMeters;
import dev.unmask.cache.slab.SlabStore;
import dev.unmask.cache.store.StoreCounts;
import dev.unmask.metrics.Metrics;
import dev.unmask.metrics.MetricsServer;
import dev.unmask.metrics.MetricsSettings;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.DisabledBeanException;
import jakarta.inject.Singleton;

/** How what is measured is put together. */
@Factory
final class MetricsBeans {
  @Singleton
  @Bean(preDestroy = "close")
  Metrics metrics(SlabStore store, StoreCounts counts, Leases leases, CacheSettings settings) {
    var metrics = new Metrics();
    StoreMeters.define(metrics, store, counts);
    RetentionMeters.define(metrics, store, settings.retention());
    LeaseMeters.define(metrics, leases);
    return metrics;
  }

  @Singleton
  @Bean(preDestroy = "close")
  MetricsServer server(Environment environment, Metrics metrics) {
    var settings = MetricsSettings.read(key -> environment.getProperty(key, String.class));
    var address =
        settings.address().orElseThrow(() -> new DisabledBeanException("no unmask.metrics.port"));
    return MetricsServer.start(address, metrics);
  }
}
