package dev.unmask.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.program.WeightType;
import dev.unmask.worker.scheduling.Budgets;
import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerSettingsTest {
  @TempDir private Path folder;

  private WorkerSettings read(Map<String, String> settings) {
    var all = new HashMap<String, Object>(Map.of("unmask.worker.models", folder.toString()));
    all.putAll(settings);
    try (var context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .environments("worker")
            .properties(all)
            .build()) {
      return WorkerSettings.read(context.getEnvironment().start());
    }
  }

  @Test
  void read_modelsAlone_takesDefaults() {
    var settings = read(Map.of());
    assertThat(settings.models()).containsExactly(folder);
    assertThat(settings.engine()).isEqualTo(EngineSettings.cpu());
    assertThat(settings.slots()).isEqualTo(8);
    assertThat(settings.batch()).isEqualTo(Budgets.ofCpu());
    assertThat(settings.cache()).isEmpty();
    assertThat(settings.namespaces()).isEmpty();
  }

  @Test
  void read_gpu_takesItsDefaults() {
    var settings = read(Map.of("unmask.worker.device", "cuda:0"));
    assertThat(settings.slots()).isEqualTo(16);
    assertThat(settings.batch()).isEqualTo(Budgets.ofGpu());
  }

  @Test
  void read_threadsAndWeights_areTheEngines() {
    var settings = read(Map.of("unmask.worker.threads", "3", "unmask.worker.weights", "int8"));
    assertThat(settings.engine())
        .isEqualTo(new EngineSettings("cpu", OptionalInt.of(3)).withWeights(WeightType.INT8));
  }

  @Test
  void read_kvMemory_isInMebibytes() {
    var settings = read(Map.of("unmask.worker.kv-memory-mib", "40960"));
    assertThat(settings.engine().kvBytes()).hasValue(40L << 30);
  }

  @Test
  void read_retainedShare_isAllUnlessSaid() {
    assertThat(read(Map.of()).retainedShare()).isEqualTo(1);
    assertThat(read(Map.of("unmask.worker.retained-share", "0")).retainedShare()).isZero();
    assertThat(read(Map.of("unmask.worker.retained-share", "0.25")).retainedShare())
        .isEqualTo(0.25);
  }

  @Test
  void read_workingMemoryOnGpu_isInMebibytes() {
    var settings =
        Map.of("unmask.worker.device", "cuda:0", "unmask.worker.working-memory-mib", "2048");
    assertThat(read(settings).engine().workingBytes()).hasValue(2L << 30);
  }

  @Test
  void read_weightsOnGpu_areRefused() {
    var settings = Map.of("unmask.worker.device", "cuda:0", "unmask.worker.weights", "float32");
    assertThatThrownBy(() -> read(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unmask.worker.weights must be left out");
  }

  @Test
  void read_batch_keepsEachBudget() {
    var settings =
        read(
            Map.of(
                "unmask.worker.batch.rows", "1000",
                "unmask.worker.batch.refresh-rows", "500",
                "unmask.worker.batch.keys", "250",
                "unmask.worker.batch.scored-rows", "125"));
    assertThat(settings.batch()).isEqualTo(new Budgets(1000, 500, 250, 125));
  }

  @Test
  void read_namespaces_keepsEachSecret() {
    var secret = "sixteen letters!";
    var namespaces = read(Map.of("unmask.worker.namespaces.tenant-1", secret)).namespaces();
    assertThat(namespaces).containsOnlyKeys("tenant-1");
    assertThat(namespaces.get("tenant-1")).isEqualTo(secret.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void read_fetch_isMeasuredUnlessAlways() {
    assertThat(read(Map.of()).fetch()).isEqualTo(WorkerSettings.Fetch.MEASURED);
    assertThat(read(Map.of("unmask.worker.fetch", "always")).fetch())
        .isEqualTo(WorkerSettings.Fetch.ALWAYS);
    assertThatThrownBy(() -> read(Map.of("unmask.worker.fetch", "never")))
        .hasMessageContaining("unmask.worker.fetch must be measured or always, was never");
  }

  @Test
  void read_unknownKey_namesTheNearest() {
    assertThatThrownBy(() -> read(Map.of("unmask.worker.slot", "2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unmask.worker.slot;")
        .hasMessageContaining("unmask.worker.slots?");
  }

  @ParameterizedTest
  @CsvSource({
    "slots, 0",
    "slots, 257",
    "batch.rows, 0",
    "batch.rows, 65537",
    "batch.refresh-rows, 4097",
    "batch.keys, 0",
    "batch.scored-rows, -1",
    "batch.row, 1",
    "threads, 0",
    "threads, 257",
    "kv-memory-mib, 0",
    "working-memory-mib, 1",
    "weights, int4",
    "retained-share, 1.01",
    "retained-share, -0.1",
    "cache-connections, 0",
    "cache-connections, 17",
    "device, tpu",
    "device, cuda:",
    "models, /no/such/folder",
    "namespaces.default, fifteen letters"
  })
  void read_outOfRange_namesTheSetting(String key, String value) {
    assertThatThrownBy(() -> read(Map.of("unmask.worker." + key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unmask.worker." + key);
  }
}
