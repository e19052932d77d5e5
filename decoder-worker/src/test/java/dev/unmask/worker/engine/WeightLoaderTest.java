package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.model.CheckpointFolder;
import dev.unmask.worker.model.files.ElementKind;
import dev.unmask.worker.rows.Predictions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightLoaderTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(
      value = ElementKind.class,
      names = {"F16", "BF16"})
  void load_narrowWeights_equalTheirFloat32Values(ElementKind narrow) {
    var stored = folder("narrow", narrow, false);
    var widened = folder("wide", narrow, true);
    assertThat(predict(stored)).usingRecursiveComparison().isEqualTo(predict(widened));
  }

  @Test
  void load_unknownDevice_isRefused() {
    try (var checkpoint = Checkpoint.open(TinyModels.folder(TinyModels.LLADA))) {
      var settings = new EngineSettings("cuda:7", OptionalInt.empty());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TorchEngine.load(checkpoint, settings))
          .withMessageContaining("cuda:7");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EngineSettings("tpu", OptionalInt.empty()))
        .withMessageContaining("tpu");
  }

  private Path folder(String name, ElementKind narrow, boolean widen) {
    return CheckpointFolder.copy(TinyModels.folder(TinyModels.DREAM), directory.resolve(name))
        .tensors(tensors -> {
          tensors.replaceAll(
              (tensor, content) -> widen ? content.rounded(narrow) : content.as(narrow));
          return tensors;
        })
        .path();
  }

  private static Predictions predict(Path folder) {
    try (var checkpoint = Checkpoint.open(folder);
        var engine = TorchEngine.load(checkpoint, TinyModels.CPU);
        var state = engine.open(8, 8)) {
      int[] canvas = new int[16];
      Arrays.fill(canvas, 8, 16, engine.traits().maskToken());
      return state.step(Steps.refresh(canvas, Steps.range(7, 15)));
    }
  }
}
