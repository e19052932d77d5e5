package dev.unmask.deploy.installed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void page_isWhatTheServicesKnow() throws IOException {
    var page = ConfigurationReference.page(services());
    if (System.getProperty("unmask.write") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("-Dunmask.write writes it: ./unmask test -pl deploy -am -Dtest=%s", getClass())
        .isEqualTo(page);
  }

  private static Map<String, List<Setting>> services() {
    var services = new LinkedHashMap<String, List<Setting>>();
    services.put("gateway", dev.unmask.gateway.config.KnownSettings.ALL);
    services.put("worker", dev.unmask.worker.config.KnownSettings.ALL);
    services.put("cache", dev.unmask.cache.config.KnownSettings.ALL);
    return services;
  }
}
