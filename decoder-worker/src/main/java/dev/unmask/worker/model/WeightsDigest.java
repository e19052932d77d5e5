package dev.unmask.worker.model;

import dev.unmask.digest.Sha256;
import dev.unmask.worker.model.files.CheckpointException;
import dev.unmask.worker.model.files.StoredTensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.stream.LongStream;

/**
 * SHA-256 over a configuration and over names, types, shapes and bytes of its tensors in the order
 * of their names, so that it does not depend on how the checkpoint is cut into shards. Bytes enter
 * as digests of pieces, which are computed by all processors; reading every byte once also brings
 * the file into memory.
 */
final class WeightsDigest {
  private static final long PIECE_BYTES = 8 << 20;

  private WeightsDigest() {}

  static byte[] of(Path config, Collection<StoredTensor> tensors) {
    var digest = Sha256.begin();
    try {
      digest.update(Files.readAllBytes(config));
    } catch (IOException e) {
      throw new CheckpointException(config + " cannot be read", e);
    }
    tensors.forEach(tensor -> add(digest, tensor));
    return digest.digest();
  }

  private static void add(MessageDigest digest, StoredTensor tensor) {
    String header = "\n%s %s %s\n".formatted(tensor.name(), tensor.kind(), tensor.shape());
    digest.update(header.getBytes(StandardCharsets.UTF_8));
    var bytes = tensor.bytes();
    LongStream.range(0, Math.ceilDiv(bytes.byteSize(), PIECE_BYTES))
        .map(piece -> piece * PIECE_BYTES)
        .parallel()
        .mapToObj(at -> bytes.asSlice(at, Math.min(PIECE_BYTES, bytes.byteSize() - at)))
        .map(WeightsDigest::of)
        .forEachOrdered(digest::update);
  }

  private static byte[] of(MemorySegment piece) {
    var digest = Sha256.begin();
    digest.update(piece.asByteBuffer());
    return digest.digest();
  }
}
