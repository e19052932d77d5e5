package dev.unmask.bench.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** How fast all processors copy a file that is in memory, each into a small buffer of its own. */
final class PageCacheRate {
  private static final long PIECE_BYTES = 4 << 20;

  private PageCacheRate() {}

  /** GB a second of the second of two passes over a folder's weights. */
  static double of(Path folder) {
    try (var arena = Arena.ofShared();
        var file = FileChannel.open(folder.resolve("model.safetensors"))) {
      var mapped = file.map(MapMode.READ_ONLY, 0, file.size(), arena);
      copy(mapped);
      long start = System.nanoTime();
      copy(mapped);
      return mapped.byteSize() / 1.0 / (System.nanoTime() - start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(MemorySegment mapped) {
    LongStream.range(0, Math.ceilDiv(mapped.byteSize(), PIECE_BYTES))
        .parallel()
        .forEach(piece -> {
          try (var arena = Arena.ofConfined()) {
            long from = piece * PIECE_BYTES;
            long count = Math.min(PIECE_BYTES, mapped.byteSize() - from);
            MemorySegment.copy(mapped, from, arena.allocate(count), 0, count);
          }
        });
  }
}
