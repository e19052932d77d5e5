package dev.unmask.worker.config;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.program.WeightType;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.transfer.Lanes;
import dev.unmask.worker.scheduling.Budgets;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.type.Argument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a worker is told.
 *
 * @param name of the worker, unique in its fleet ({@code unmask.worker.name})
 * @param models checkpoint folders ({@code unmask.worker.models}); at least one
 * @param engine where models compute and how: {@code unmask.worker.device}, {@code cpu} or {@code
 *     cuda:N}; {@code unmask.worker.threads}, of a CPU; {@code unmask.worker.weights}, {@code
 *     float32}, {@code bfloat16} or {@code int8}, of a CPU; {@code unmask.worker.kv-memory-mib},
 *     for keys and values, taken at start; {@code unmask.worker.working-memory-mib}, of a GPU, for
 *     what forwards compute on the way
 * @param slots requests that decode at once ({@code unmask.worker.slots}); 1 to 256, by default 16
 *     on a GPU, where a forward of 16 blocks takes little more than twice as long as of one, and 8
 *     on a CPU, where each further request slows the others more
 * @param retainedShare of the memory for keys and values that may hold what closed requests left,
 *     until others need it ({@code unmask.worker.retained-share}): 0, nothing, to 1, the default;
 *     of block-causal models alone
 * @param batch what one forward may take ({@code unmask.worker.batch.rows}, {@code refresh-rows},
 *     {@code keys}, {@code scored-rows}), by default {@link Budgets}' for the device
 * @param cache where the cache-service is ({@code unmask.worker.cache}): {@code host:port}, a list
 *     of such with commas, {@code dns:///name:port} for all instances a name resolves to, or {@code
 *     unix:/path} of one on this host; absent: none
 * @param fetch whether what is there is fetched unless computing is clearly faster, or always
 *     ({@code unmask.worker.fetch}: {@code measured}, the default, or {@code always})
 * @param cacheMapping whether to read pages out of the cache-service's files, if it lets us ({@code
 *     unmask.worker.cache-mapping}); only, and by default, with {@code unix:}
 * @param cacheConnections to each instance of the cache-service ({@code
 *     unmask.worker.cache-connections}); 1 to {@link Limits#CACHE_CONNECTIONS}, by default one for
 *     every four processors, four at most
 * @param namespaces secret of each namespace that may share states ({@code
 *     unmask.worker.namespaces.NAME}); at least 16 characters each
 */
public record WorkerSettings(
    String name,
    List<Path> models,
    EngineSettings engine,
    int slots,
    double retainedShare,
    Budgets batch,
    Optional<String> cache,
    Fetch fetch,
    boolean cacheMapping,
    Lanes cacheConnections,
    Map<String, byte[]> namespaces) {
  /** When stored states are fetched. */
  public enum Fetch {
    /** Unless computing is clearly faster, as measured. */
    MEASURED,
    /** Always. */
    ALWAYS
  }

  private static final String PREFIX = "unmask.worker.";
  private static final int SECRET_CHARACTERS = 16;

  public WorkerSettings {
    models = List.copyOf(models);
    namespaces = Map.copyOf(namespaces);
    require(!models.isEmpty(), "models", "must name a checkpoint folder");
    require(
        !cacheMapping || cache.filter(PageChannels::local).isPresent(),
        "cache-mapping",
        "needs a cache at unix:/path");
    require(
        cacheConnections.most() >= 1 && cacheConnections.most() <= Limits.CACHE_CONNECTIONS,
        "cache-connections",
        "must be 1 to " + Limits.CACHE_CONNECTIONS + ", was " + cacheConnections.most());
    models.forEach(m -> require(Files.isDirectory(m), "models", m + " is not a folder"));
    require(
        slots >= 1 && slots <= KnownSettings.MOST_SLOTS, "slots", "must be 1 to 256, was " + slots);
    require(
        retainedShare >= 0 && retainedShare <= 1,
        "retained-share",
        "must be 0 to 1, was " + retainedShare);
    namespaces.forEach((namespace, secret) ->
        require(
            secret.length >= SECRET_CHARACTERS,
            "namespaces." + namespace,
            "must have at least 16 characters"));
  }

  /**
   * Reads and checks the settings.
   *
   * @throws IllegalArgumentException naming the setting that is unknown, absent or out of range
   */
  public static WorkerSettings read(Environment settings) {
    KnownSettings.KEYS.check(keys(settings));
    var engine = engine(settings);
    var cache = settings.getProperty(PREFIX + "cache", String.class).filter(a -> !a.isBlank());
    boolean gpu = !engine.device().equals("cpu");
    return new WorkerSettings(
        settings.getRequiredProperty(PREFIX + "name", String.class),
        settings
            .getProperty(PREFIX + "models", Argument.listOf(String.class))
            .orElse(List.of())
            .stream()
            .map(Path::of)
            .toList(),
        engine,
        settings
            .getProperty(PREFIX + "slots", Integer.class)
            .orElse(gpu ? KnownSettings.GPU_SLOTS : KnownSettings.CPU_SLOTS),
        settings.getProperty(PREFIX + "retained-share", Double.class).orElse(1.0),
        batch(settings, gpu ? Budgets.ofGpu() : Budgets.ofCpu()),
        cache,
        fetch(settings),
        settings
            .getProperty(PREFIX + "cache-mapping", Boolean.class)
            .orElse(cache.filter(PageChannels::local).isPresent()),
        settings
            .getProperty(PREFIX + "cache-connections", Integer.class)
            .map(Lanes::new)
            .orElseGet(Lanes::usual),
        secrets(settings));
  }

  private static EngineSettings engine(Environment settings) {
    try {
      return new EngineSettings(
          settings.getRequiredProperty(PREFIX + "device", String.class),
          settings
              .getProperty(PREFIX + "threads", Integer.class)
              .map(OptionalInt::of)
              .orElseGet(OptionalInt::empty),
          bytes(settings, "kv-memory-mib"),
          bytes(settings, "working-memory-mib"),
          settings.getProperty(PREFIX + "weights", String.class).map(WeightType::named));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PREFIX + e.getMessage(), e);
    }
  }

  private static Fetch fetch(Environment settings) {
    var text = settings.getProperty(PREFIX + "fetch", String.class).orElse("measured");
    return switch (text) {
      case "measured" -> Fetch.MEASURED;
      case "always" -> Fetch.ALWAYS;
      default ->
          throw new IllegalArgumentException(
              PREFIX + "fetch must be measured or always, was " + text);
    };
  }

  private static OptionalLong bytes(Environment settings, String key) {
    return settings
        .getProperty(PREFIX + key, Integer.class)
        .map(mebibytes -> OptionalLong.of((long) mebibytes << 20))
        .orElseGet(OptionalLong::empty);
  }

  private static Budgets batch(Environment settings, Budgets usual) {
    try {
      return new Budgets(
          batch(settings, "rows", usual.rows()),
          batch(settings, "refresh-rows", usual.refreshRows()),
          batch(settings, "keys", usual.keys()),
          batch(settings, "scored-rows", usual.scoredRows()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PREFIX + "batch." + e.getMessage(), e);
    }
  }

  private static int batch(Environment settings, String key, int usual) {
    return settings.getProperty(PREFIX + "batch." + key, Integer.class).orElse(usual);
  }

  private static Map<String, byte[]> secrets(Environment settings) {
    return settings.getProperties(PREFIX + "namespaces").entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> e.getValue().toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** Environment variables are not ours to check: other programs use them too. */
  private static List<String> keys(Environment settings) {
    return settings.getPropertySources().stream()
        .filter(source ->
            source.getConvention() != PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE)
        .flatMap(source -> StreamSupport.stream(source.spliterator(), false))
        .filter(key -> key.startsWith("unmask."))
        .distinct()
        .toList();
  }

  private static void require(boolean holds, String key, String what) {
    if (!holds) {
      throw new IllegalArgumentException(PREFIX + key + " " + what);
    }
  }
}
