package dev.unmask.worker.model;

import dev.unmask.contract.Limits;
import dev.unmask.fuzz.Finding;
import dev.unmask.worker.model.files.CheckpointException;
import dev.unmask.worker.model.files.TensorFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The JSON of checkpoint folders: configuration, special ids, the index of shards and a corpus's
 * token counts are refused as a checkpoint is, or give a shape whose tensors can be counted.
 */
public final class CheckpointFuzz {
  private static final List<String> FILES =
      List.of(
          "config.json",
          "generation_config.json",
          "model.safetensors.index.json",
          "llada_corpus.json");
  private static final Path FOLDER = folder();

  private CheckpointFuzz() {}

  /** Parts between zeros are the files; one that is empty is not there. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    int at = 0;
    for (var file : FILES) {
      int end = at;
      while (end < input.length && input[end] != 0) {
        end++;
      }
      write(file, Arrays.copyOfRange(input, Math.min(at, end), end));
      at = Math.min(end + 1, input.length);
    }
    check(FOLDER);
  }

  private static void check(Path folder) {
    try (var arena = Arena.ofConfined()) {
      shape(folder);
      TensorFolder.map(folder, arena);
    } catch (CheckpointException e) {
      Finding.unless(!e.getMessage().isEmpty(), "a refusal without a word");
    }
  }

  private static void shape(Path folder) {
    try {
      var config = ModelConfig.read(folder);
      var family = ModelFamily.of(config);
      var shape = family.shape(config);
      Finding.unless(shape.layers() <= Limits.LAYERS, "layers: " + shape.layers());
      Finding.unless(shape.headSize() > 0, "heads of nothing");
      Finding.unless(family.maskToken(config, shape.vocabulary()) < shape.vocabulary(), "mask");
      family.causalBlock(config);
      ExpectedTensors.of(family, shape);
      TokenCounts.read(folder, shape.vocabulary());
    } catch (CheckpointException e) {
      Finding.unless(!e.getMessage().isEmpty(), "a refusal without a word");
    }
  }

  private static void write(String name, byte[] content) throws IOException {
    if (content.length == 0) {
      Files.deleteIfExists(FOLDER.resolve(name));
    } else {
      Files.write(FOLDER.resolve(name), content);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("attacked");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
