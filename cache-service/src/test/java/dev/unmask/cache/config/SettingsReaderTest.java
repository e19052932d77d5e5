package dev.unmask.cache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.cache.slab.SlotClass;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
