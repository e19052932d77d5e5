package dev.unmask.gateway;

import dev.unmask.gateway.config.DiscoverySettings;
import dev.unmask.gateway.config.WorkerEntry;
import dev.unmask.gateway.discovery.FixedSource;
import dev.unmask.gateway.discovery.NameCache;
import dev.unmask.gateway.discovery.NameSource;
import dev.unmask.gateway.discovery.Source;
import dev.unmask.gateway.discovery.Sources;
import dev.unmask.gateway.discovery.xds.XdsSource;
import dev.unmask.gateway.routing.Timer;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where workers are found. */
@Factory
final class DiscoveryBeans {
  private static final Logger LOG = LoggerFactory.getLogger(DiscoveryBeans.class);

  /** A lookup holds its thread, and would hold a virtual one's carrier. */
  private static final Executor LOOKUPS =
      task -> Thread.ofPlatform().daemon().name("gateway-lookup").start(task);

  @Singleton
  @Bean(preDestroy = "close")
  Sources sources(DiscoverySettings settings, Timer timer) {
    var lookups =
        new NameSource.Lookups(
            InetAddress::getAllByName, settings.interval(), LOOKUPS, timer::after);
    return new Sources(
        settings.workers().stream().map(entry -> source(entry, lookups)).toList(), timer::after);
  }

  private static Source source(WorkerEntry entry, NameSource.Lookups lookups) {
    return switch (entry) {
      case WorkerEntry.Single(var address) -> new FixedSource(address);
      case WorkerEntry.Named(var name) -> {
        warnOfLongerCache(lookups.interval());
        yield new NameSource(name, lookups);
      }
      case WorkerEntry.Service(var name) -> new XdsSource(name);
    };
  }

  private static void warnOfLongerCache(Duration interval) {
    var kept = NameCache.time();
    if (kept.isEmpty() || kept.get().compareTo(interval) > 0) {
      LOG.warn(
          "this JVM keeps addresses of names {} (networkaddress.cache.ttl), which hides changes"
              + " longer than unmask.gateway.discovery-interval {}",
          kept.map(Duration::toString).orElse("for ever"),
          interval);
    }
  }
}
