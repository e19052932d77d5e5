package dev.unmask.cache.config;

import dev.unmask.cache.slab.SlotClass;
import dev.unmask.config.KnownKeys;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Reads {@link CacheSettings} from Micronaut's environment; what it does not know fails the boot.
 */
@Factory
final class SettingsReader {
  private static final String SLABS = "unmask.cache.slabs";
  private static final KnownKeys KNOWN =
      new KnownKeys(
          Set.of(
              "unmask\\.service",
              "unmask\\.cache\\.(directory|socket|mapping)",
              "unmask\\.cache\\.slabs",
              "unmask\\.cache\\.slabs\\[\\d+\\]\\.(slot|capacity)-bytes"),
          Set.of(
              "unmask.service",
              "unmask.cache.directory",
              "unmask.cache.socket",
              "unmask.cache.mapping",
              "unmask.cache.slabs[0].slot-bytes",
              "unmask.cache.slabs[0].capacity-bytes"));

  @Singleton
  CacheSettings settings(Environment environment) {
    environment.getPropertySources().stream()
        .filter(
            source -> source.getConvention() == PropertySource.PropertyConvention.JAVA_PROPERTIES)
        .forEach(source -> KNOWN.check(ours(source)));
    var directory = environment.getRequiredProperty("unmask.cache.directory", Path.class);
    var slabs = slabs(environment);
    return new CacheSettings(directory, slabs.isEmpty() ? CacheSettings.DEFAULT_SLABS : slabs);
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
