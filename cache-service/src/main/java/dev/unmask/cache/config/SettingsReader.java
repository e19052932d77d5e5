package dev.unmask.cache.config;

import dev.unmask.cache.eviction.PolicyName;
import dev.unmask.cache.slab.SlotClass;
import dev.unmask.cache.slab.Watermarks;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.naming.conventions.StringConvention;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads {@link CacheSettings} from Micronaut's environment; what it does not know fails the boot.
 */
@Factory
final class SettingsReader {
  private static final String SLABS = "unmask.cache.slabs";

  @Singleton
  CacheSettings settings(Environment environment) {
    environment.getPropertySources().stream()
        .filter(
            source -> source.getConvention() == PropertySource.PropertyConvention.JAVA_PROPERTIES)
        .forEach(source -> KnownSettings.KEYS.check(ours(source)));
    var directory = environment.getRequiredProperty("unmask.cache.directory", Path.class);
    var slabs = slabs(environment);
    return new CacheSettings(
        directory, slabs.isEmpty() ? CacheSettings.DEFAULT_SLABS : slabs, retention(environment));
  }

  private static Retention retention(Environment environment) {
    var defaults = Retention.DEFAULT;
    var marks = defaults.watermarks();
    return new Retention(
        environment
            .getProperty("unmask.cache.eviction", String.class)
            .map(SettingsReader::policy)
            .orElse(defaults.policy()),
        environment.getProperty("unmask.cache.ttl", Duration.class).orElse(defaults.lifetime()),
        new Watermarks(
            environment
                .getProperty("unmask.cache.high-watermark", Double.class)
                .orElse(marks.high()),
            environment
                .getProperty("unmask.cache.low-watermark", Double.class)
                .orElse(marks.low())),
        quotas(environment));
  }

  private static PolicyName policy(String name) {
    return PolicyName.of(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unmask.cache.eviction must be one of "
                    + KnownSettings.policies()
                    + ", not "
                    + name));
  }

  private static Map<String, Long> quotas(Environment environment) {
    var given = environment.getProperties("unmask.cache.quotas", StringConvention.RAW);
    return given.keySet().stream()
        .collect(
            Collectors.toMap(
                namespace -> namespace,
                namespace ->
                    environment.getRequiredProperty(
                        "unmask.cache.quotas." + namespace, Long.class)));
  }

  @Singleton
  TransportSettings transport(Environment environment) {
    return new TransportSettings(
        environment
            .getProperty("unmask.cache.socket", String.class)
            .filter(path -> !path.isBlank())
            .map(Path::of),
        environment.getProperty("unmask.cache.mapping", Boolean.class).orElse(false));
  }

  private static List<String> ours(PropertySource source) {
    return StreamSupport.stream(source.spliterator(), false)
        .filter(key -> key.startsWith("unmask."))
        .toList();
  }

  private static List<SlotClass> slabs(Environment environment) {
    var slabs = new ArrayList<SlotClass>();
    while (environment.containsProperties(SLABS + "[" + slabs.size() + "]")) {
      String slab = SLABS + "[" + slabs.size() + "]";
      slabs.add(
          CacheSettings.sized(
              environment.getRequiredProperty(slab + ".slot-bytes", Integer.class),
              environment.getRequiredProperty(slab + ".capacity-bytes", Long.class)));
    }
    return slabs;
  }
}
