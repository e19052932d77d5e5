package dev.unmask.worker.preference;

import com.google.protobuf.ByteString;
import dev.unmask.fuzz.Finding;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.worker.model.files.CheckpointException;
import dev.unmask.worker.shallow.DepthFile;
import dev.unmask.worker.text.TokenizerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What lies beside a model's weights: measured methods and depths, and names of special tokens. */
public final class ModelFilesFuzz {
  private static final byte[] DIGEST = {};
  private static final Model MODEL =
      Model.newBuilder()
          .setIdentity(
              ModelIdentity.newBuilder()
                  .setName("mini")
                  .setFamily(ModelFamily.MODEL_FAMILY_LLADA)
                  .setWeightsDigest(ByteString.copyFrom(DIGEST)))
          .setContextLength(1024)
          .setVocabularySize(500)
          .setMaskToken(499)
          .build();
  private static final Path FOLDER = folder();

  private ModelFilesFuzz() {}

  /** The first byte says which file the others are. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    byte[] content = Arrays.copyOfRange(input, 1, input.length);
    switch (input[0] % 3) {
      case 0 -> methods(content);
      case 1 -> depths(content);
      default -> names(content);
    }
  }

  private static void methods(byte[] content) throws IOException {
    Files.write(FOLDER.resolve(MethodsFile.NAME), content);
    try {
      MethodsFile.read(FOLDER, MODEL);
    } catch (CheckpointException e) {
      Finding.unless(!e.getMessage().isEmpty(), "a refusal without a word");
    }
  }

  private static void depths(byte[] content) throws IOException {
    Files.write(FOLDER.resolve(DepthFile.NAME), content);
    try {
      int depth = DepthFile.read(FOLDER, DIGEST, 8).depth(32, 64);
      Finding.unless(depth >= 0 && depth < 8, "a depth of " + depth);
    } catch (CheckpointException e) {
      Finding.unless(!e.getMessage().isEmpty(), "a refusal without a word");
    }
  }

  private static void names(byte[] content) throws IOException {
    Files.write(FOLDER.resolve("tokenizer_config.json"), content);
    Files.write(FOLDER.resolve("generation_config.json"), content);
    try {
      TokenizerConfig.read(FOLDER, 7);
    } catch (IOException e) {
      Finding.unless(!String.valueOf(e.getMessage()).isEmpty(), "a refusal without a word");
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
