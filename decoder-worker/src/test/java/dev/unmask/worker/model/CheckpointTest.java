package dev.unmask.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.model.files.CheckpointException;
import dev.unmask.worker.model.files.ElementKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders that fit, and folders that do not and say why. */
class CheckpointTest {
  private static final Path LLADA = Path.of("src/test/golden/models/tiny-llada");
  private static final Path DREAM = Path.of("src/test/golden/models/tiny-dream");
  private static final String VALUE = "model.transformer.blocks.2.v_proj.weight";

  @TempDir private Path directory;

  private CheckpointFolder folder;

  @BeforeEach
  void copy() {
    folder = CheckpointFolder.copy(LLADA, directory.resolve("model"));
  }

  @Test
  void open_llada_readsShapeAndTraits() {
    try (var checkpoint = Checkpoint.open(LLADA)) {
      assertThat(checkpoint.family()).isEqualTo(new Llada());
      assertTraits(checkpoint.traits(), 0);
      assertThat(checkpoint.shape())
          .isEqualTo(new ModelShape(4, 64, 4, 4, 128, 512, 512, 500_000, 1e-5, false, false));
    }
  }

  private static void assertTraits(ModelTraits traits, int predictionShift) {
    assertThat(traits.maskToken()).isEqualTo(511);
    assertThat(traits.endOfSequenceToken()).isEqualTo(510);
    assertThat(traits.endOfTurnTokens()).isEmpty();
    assertThat(traits.predictionShift()).isEqualTo(predictionShift);
    assertThat(traits.frequencies()).isPresent();
  }

  @Test
  void open_dream_readsShapeAndTraits() {
    try (var checkpoint = Checkpoint.open(DREAM)) {
      assertThat(checkpoint.family()).isEqualTo(new Dream());
      assertTraits(checkpoint.traits(), 1);
      assertThat(checkpoint.shape())
          .isEqualTo(new ModelShape(4, 64, 4, 2, 128, 512, 512, 1_000_000, 1e-6, true, false));
    }
  }

  @Test
  void open_sharded_hasTheSameDigest() {
    try (var whole = Checkpoint.open(LLADA);
        var sharded = Checkpoint.open(folder.shards(3).path())) {
      assertThat(sharded.tensors().keySet()).isEqualTo(whole.tensors().keySet());
      assertThat(sharded.weightsDigest()).isEqualTo(whole.weightsDigest()).hasSize(32);
    }
  }

  @Test
  void weightsDigest_oneBitChanged_differs() {
    folder.tensors(tensors -> {
      tensors.get(VALUE).bytes()[100] ^= 1;
      return tensors;
    });
    try (var original = Checkpoint.open(LLADA);
        var changed = Checkpoint.open(folder.path())) {
      assertThat(changed.weightsDigest()).isNotEqualTo(original.weightsDigest());
    }
  }

  @Test
  void open_idOnlyInGenerationConfig_isFound() {
    folder.config(text -> text.replace("\"eos_token_id\": 510,", ""));
    refused("eos_token_id");
    folder.raw(
        "generation_config.json", "{\"eos_token_id\": [77, 78]}".getBytes(StandardCharsets.UTF_8));
    try (var checkpoint = Checkpoint.open(folder.path())) {
      assertThat(checkpoint.traits().endOfSequenceToken()).isEqualTo(77);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'\"alibi\": false', '\"alibi\": true', alibi=true",
    "'\"scale_logits\": false', '\"scale_logits\": true', scale_logits=true",
    "'\"layer_norm_type\": \"rms\"', '\"layer_norm_type\": \"low_precision\"', low_precision",
    "'\"model_type\": \"llada\"', '\"model_type\": \"gpt2\"', gpt2",
    "'\"rms_norm_eps\": 1e-05', '\"rms_norm_eps\": \"small\"', rms_norm_eps",
    "'\"n_layers\": 4,', '', n_layers is missing",
    "'\"n_layers\": 4', '\"n_layers\": -4', n_layers",
    "'\"mask_token_id\": 511', '\"mask_token_id\": 512', the vocabulary has 512",
    "'\"n_heads\": 4', '\"n_heads\": 5', do not divide",
  })
  void open_unsupportedConfig_namesTheValue(String from, String to, String named) {
    folder.config(text -> text.replace(from, to));
    refused(named);
  }

  @Test
  void open_slidingWindow_isRefused() {
    var dream = CheckpointFolder.copy(DREAM, directory.resolve("dream"));
    dream.config(
        text -> text.replace("\"use_sliding_window\": false", "\"use_sliding_window\": true"));
    assertThatThrownBy(() -> Checkpoint.open(dream.path()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("use_sliding_window=true");
  }

  @Test
  void open_wrongShape_namesTensorAndBothShapes() {
    folder.config(text -> text.replace("\"mlp_hidden_size\": 128", "\"mlp_hidden_size\": 96"));
    refused("model.transformer.blocks.0.ff_out.weight")
        .hasMessageContaining("[64, 128]")
        .hasMessageContaining("[64, 96]");
  }

  @Test
  void open_missingTensor_namesItAndItsShape() {
    folder.tensors(tensors -> {
      tensors.remove(VALUE);
      return tensors;
    });
    refused(VALUE).hasMessageContaining("[64, 64]").hasMessageContaining("missing");
  }

  @Test
  void open_surplusTensor_isRefused() {
    folder.tensors(tensors -> {
      tensors.put("model.transformer.blocks.0.q_norm.weight", tensors.get(VALUE));
      return tensors;
    });
    refused("q_norm");
  }

  @Test
  void open_tiedHead_needsNone() {
    folder.tensors(tensors -> {
      tensors.remove("model.transformer.ff_out.weight");
      return tensors;
    });
    refused("model.transformer.ff_out.weight");
    folder.config(text -> text.replace("\"weight_tying\": false", "\"weight_tying\": true"));
    try (var checkpoint = Checkpoint.open(folder.path())) {
      assertThat(checkpoint.shape().tiedHead()).isTrue();
    }
  }

  @Test
  void open_indexReachesOutside_isRefused() {
    folder.shards(2).index(Map.of(VALUE, "../model.safetensors"));
    refused("../model.safetensors");
  }

  @Test
  void open_indexNamesWhatIsNotThere_isRefused() {
    folder.shards(2).index(Map.of("ghost.weight", "model-00001-of-00002.safetensors"));
    refused("ghost.weight");
  }

  @Test
  void open_headerLongerThanTheFile_isRefused() {
    byte[] bomb = CheckpointFolder.file("{}", new byte[0]);
    Arrays.fill(bomb, 0, Long.BYTES - 1, (byte) 0x7f);
    folder.raw("model.safetensors", bomb);
    refused("does not lie in the file");
    folder.raw("model.safetensors", new byte[3]);
    refused("does not lie in the file");
  }

  @ParameterizedTest
  @CsvSource({
    "F32, '[2]', 0, 8, '[2]', 4, 12, begins at",
    "F32, '[2]', 0, 8, '[2]', 12, 20, begins at",
    "F32, '[2]', 0, 8, '[2]', 8, 12, takes 4 bytes",
    "F32, '[2]', 0, 8, '[-2]', 8, 16, negative",
    "F32, '[2]', 0, 8, '[4611686018427387904,4]', 8, 16, absurd",
    "I8, '[8]', 0, 8, '[2]', 8, 16, unsupported type",
    "F32, '[2]', 0, 8, '[4]', 8, 24, take 24 of 16",
  })
  void open_unsoundPlaces_areRefused(
      String kind,
      String shape,
      long begin,
      long end,
      String shape2,
      long begin2,
      long end2,
      String named) {
    String json =
        "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]},"
                .formatted(kind, shape, begin, end)
            + "\"b\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}}"
                .formatted(shape2, begin2, end2);
    folder.raw("model.safetensors", CheckpointFolder.file(json, new byte[16]));
    refused(named);
  }

  @Test
  void open_sameTensorTwice_isRefused() {
    var twice = new LinkedHashMap<String, TensorContent>();
    twice.put(VALUE, new TensorContent(ElementKind.F32, List.of(1L), new byte[4]));
    folder.shards(2).raw("model-00002-of-00002.safetensors", CheckpointFolder.safetensors(twice));
    folder.raw("model-00001-of-00002.safetensors", CheckpointFolder.safetensors(twice));
    refused("twice");
  }

  @Test
  void open_emptyFolder_isRefused() {
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("config.json");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(String named) {
    return assertThatThrownBy(() -> Checkpoint.open(folder.path()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(named);
  }
}
