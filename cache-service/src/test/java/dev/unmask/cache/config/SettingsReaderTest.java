package dev.unmask.cache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.cache.eviction.PolicyName;
import dev.unmask.cache.slab.SlotClass;
import dev.unmask.cache.slab.Watermarks;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsReaderTest {
  @Test
  void settings_nothingGiven_areTheDefaults() {
    var settings = read(Map.of());

    assertThat(settings.slabs()).isEqualTo(CacheSettings.DEFAULT_SLABS);
    assertThat(settings.directory()).hasToString(".unmask/cache");
  }

  @Test
  void settings_slabsGiven_replaceAllDefaults() {
    var settings =
        read(
            Map.of(
                "unmask.cache.slabs[0].slot-bytes",
                "8192",
                "unmask.cache.slabs[0].capacity-bytes",
                "100000",
                "unmask.cache.slabs[1].slot-bytes",
                4096,
                "unmask.cache.slabs[1].capacity-bytes",
                40960));

    assertThat(settings.slabs()).containsExactly(new SlotClass(8192, 12), new SlotClass(4096, 10));
  }

  @Test
  void settings_slabsInAFile_areRead() throws IOException {
    var yaml =
        """
        unmask:
          cache:
            slabs:
              - slot-bytes: 4096
                capacity-bytes: 40960
              - slot-bytes: 8192
                capacity-bytes: 81920
        """;
    var file = new YamlPropertySourceLoader().read("file", yaml.getBytes(StandardCharsets.UTF_8));

    assertThat(read(file).slabs())
        .containsExactly(new SlotClass(4096, 10), new SlotClass(8192, 10));
  }

  @Test
  void settings_retentionGiven_isRead() {
    var retention =
        read(Map.of(
                "unmask.cache.eviction", "ttl",
                "unmask.cache.ttl", "90s",
                "unmask.cache.high-watermark", "0.8",
                "unmask.cache.low-watermark", 0.7,
                "unmask.cache.quotas.team-a", "1000000000000",
                "unmask.cache.quotas.b", 5))
            .retention();

    assertThat(retention)
        .isEqualTo(
            new Retention(
                PolicyName.TTL,
                Duration.ofSeconds(90),
                new Watermarks(0.8, 0.7),
                Map.of("team-a", 1_000_000_000_000L, "b", 5L)));
  }

  @Test
  void settings_quotasInAFile_areRead() throws IOException {
    var yaml =
        """
        unmask:
          cache:
            quotas:
              team-a: 4096
        """;
    var file = new YamlPropertySourceLoader().read("file", yaml.getBytes(StandardCharsets.UTF_8));

    assertThat(read(file).retention().quotas()).containsExactly(Map.entry("team-a", 4096L));
  }

  @ParameterizedTest
  @CsvSource({
    "unmask.cache.eviction, lfu, 'one of lru, w-tinylfu, s3-fifo, cost, ttl, not lfu'",
    "unmask.cache.ttl, 0s, above 0",
    "unmask.cache.high-watermark, 1.1, at most 1",
    "unmask.cache.high-watermark, 0.5, unmask.cache.low-watermark",
    "unmask.cache.low-watermark, 0, above 0",
    "unmask.cache.quotas.a, 0, at least 1",
    "unmask.cache.quotas.A_b, 1, unmask.cache.quotas"
  })
  void settings_retentionOutOfBounds_failTheBootAndSayWhy(String key, String value, String why) {
    assertThatThrownBy(() -> read(Map.of(key, value))).rootCause().hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "unmask.cache.directry, unmask.cache.directory",
    "unmask.cahce.directory, unmask.cache.directory",
    "unmask.cache.slabs[0].slotbytes, unmask.cache.slabs[0].slot-bytes"
  })
  void settings_unknownKey_namesTheNearest(String wrong, String right) {
    assertThatThrownBy(() -> read(Map.of(wrong, "1")))
        .rootCause()
        .hasMessage("unknown setting " + wrong + "; did you mean " + right + "?");
  }

  @ParameterizedTest
  @CsvSource({"5000, 10000", "4096, 4095", "0, 4096", "-4096, 4096"})
  void settings_slabOutOfBounds_failTheBoot(int slotBytes, long capacityBytes) {
    assertThatThrownBy(() ->
            read(
                Map.of(
                    "unmask.cache.slabs[0].slot-bytes", slotBytes,
                    "unmask.cache.slabs[0].capacity-bytes", capacityBytes)))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CacheSettings read(Map<String, Object> given) {
    try (var context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .environments("cache")
            .properties(new HashMap<>(given))
            .start()) {
      return context.getBean(CacheSettings.class);
    }
  }
}
