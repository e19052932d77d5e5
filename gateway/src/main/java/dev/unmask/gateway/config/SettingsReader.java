package dev.unmask.gateway.config;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads the settings from Micronaut's environment; a key it does not know fails the boot. */
@Factory
final class SettingsReader {
  private static final String WORKERS = "unmask.gateway.workers";
  private static final String DISCOVERY_INTERVAL = "unmask.gateway.discovery-interval";
  private static final String POLL_INTERVAL = "unmask.gateway.poll-interval";
  private static final String AFFINITY_MARGIN = "unmask.gateway.affinity-margin";
  private static final String NAMESPACE = "unmask.gateway.namespace";
  private static final String TENANTS = "unmask.gateway.tenants";
  private static final String HTTP = "unmask.gateway.http";
  private static final String HTTP_REQUEST_TIME = "unmask.gateway.http-request-time";

  @Singleton
  DiscoverySettings discovery(Environment environment) {
    check(environment);
    return new DiscoverySettings(
        workers(environment), environment.getRequiredProperty(DISCOVERY_INTERVAL, Duration.class));
  }

  @Singleton
  RoutingSettings routing(Environment environment) {
    check(environment);
    return new RoutingSettings(
        environment.getRequiredProperty(POLL_INTERVAL, Duration.class),
        environment.getRequiredProperty(AFFINITY_MARGIN, Double.class));
  }

  @Singleton
  AccessSettings access(Environment environment) {
    check(environment);
    return new AccessSettings(
        environment
            .getProperty(TENANTS, String.class)
            .filter(path -> !path.isBlank())
            .map(Path::of),
        environment.getRequiredProperty(NAMESPACE, String.class));
  }

  @Singleton
  HttpSettings http(Environment environment) {
    check(environment);
    return new HttpSettings(
        environment.getRequiredProperty(HTTP, Boolean.class),
        environment.getRequiredProperty(HTTP_REQUEST_TIME, Duration.class));
  }

  private static List<WorkerEntry> workers(Environment environment) {
    try {
      return environment
          .getProperty(WORKERS, Argument.listOf(String.class))
          .orElse(List.of())
          .stream()
          .map(WorkerEntry::parse)
          .toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(WORKERS + " " + e.getMessage(), e);
    }
  }

  /** The environment of the process spells keys its own way and holds other programs' too. */
  private static void check(Environment environment) {
    environment.getPropertySources().stream()
        .filter(source -> source.getConvention() == PropertyConvention.JAVA_PROPERTIES)
        .forEach(source -> KnownSettings.KEYS.check(ours(source)));
  }

  private static List<String> ours(PropertySource source) {
    return StreamSupport.stream(source.spliterator(), false)
        .filter(key -> key.startsWith("unmask."))
        .toList();
  }
}
