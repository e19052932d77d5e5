package dev.unmask.worker.model.files;

import dev.unmask.fuzz.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Safetensors files: refused as a checkpoint is, or tensors that fill the file, one by one. */
public final class TensorFileFuzz {
  private static final Path FILE = file();

  private TensorFileFuzz() {}

  /** The whole input is the file. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, input);
    try (var arena = Arena.ofConfined()) {
      filled(TensorFile.map(FILE, arena), input.length);
    } catch (CheckpointException e) {
      Finding.unless(!e.getMessage().isEmpty(), "a refusal without a word");
    }
  }

  private static void filled(List<StoredTensor> tensors, int length) {
    long bytes = 0;
    for (var tensor : tensors) {
      long elements = tensor.shape().stream().reduce(1L, Math::multiplyExact);
      Finding.unless(tensor.bytes().byteSize() == elements * tensor.kind().bytes(), tensor.name());
      bytes += tensor.bytes().byteSize();
    }
    Finding.unless(bytes < length, "tensors of " + bytes + " of " + length + " bytes");
  }

  private static Path file() {
    try {
      var file = Files.createTempFile("attacked", ".safetensors");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
