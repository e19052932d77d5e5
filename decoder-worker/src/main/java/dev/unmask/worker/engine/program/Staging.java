package dev.unmask.worker.engine.program;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.model.files.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Bytes of tensors on their way to a device: while the device takes one piece, several threads copy
 * the next out of the mapped files. The two pieces of memory are all that is taken beside the
 * weights themselves; where there is a GPU they are pinned, so that it reads them at the bus's
 * rate.
 */
final class Staging implements AutoCloseable {
  private static final int PIECE_BYTES = 64 << 20;
  private static final int PIECES = 2;

  private final PtNDManager memory;
  private final List<IValue> buffers = new ArrayList<>();
  private final List<MemorySegment> rooms = new ArrayList<>();
  private final ExecutorService readers;
  private final Iterator<Source> sources;
  private int turn;
  private CompletableFuture<Piece> upcoming;

  /** Part of a stored tensor. */
  private record Source(StoredTensor tensor, long from, int count) {}

  /**
   * Bytes of a tensor, following those of the piece before.
   *
   * @param buffer that holds them from its beginning
   * @param count how many
   */
  record Piece(IValue buffer, int count) {}

  /**
   * Begins to read.
   *
   * @param tensors in the order they will be asked for
   */
  Staging(TorchProgram program, Stream<StoredTensor> tensors) {
    memory = program.hostMemory();
    for (int i = 0; i < PIECES; i++) {
      var buffer = buffer(program);
      buffers.add(buffer);
      rooms.add(MemorySegment.ofBuffer(buffer.toTensor(memory).toByteBuffer(true)));
    }
    readers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    sources = tensors.flatMap(Staging::cut).iterator();
    upcoming = read();
  }

  private static IValue buffer(TorchProgram program) {
    try (var call = program.call("staging")) {
      return call.vector(new int[] {0}).number(PIECE_BYTES).run();
    }
  }

  private static Stream<Source> cut(StoredTensor tensor) {
    long bytes = tensor.bytes().byteSize();
    return Stream.iterate(0L, from -> from < bytes, from -> from + PIECE_BYTES)
        .map(from -> new Source(tensor, from, (int) Math.min(PIECE_BYTES, bytes - from)));
  }

  /** The next piece, whose memory is overwritten after the one that follows it is asked for. */
  Piece next() {
    var piece = upcoming.join();
    upcoming = read();
    return piece;
  }

  private CompletableFuture<Piece> read() {
    if (!sources.hasNext()) {
      return CompletableFuture.failedFuture(new IllegalStateException("everything was read"));
    }
    var source = sources.next();
    int place = turn++ % PIECES;
    var room = rooms.get(place);
    var whole = source.tensor().bytes().asSlice(source.from(), source.count());
    int threads = Runtime.getRuntime().availableProcessors();
    long share = Math.ceilDiv(source.count(), threads);
    var copies = new ArrayList<CompletableFuture<Void>>();
    for (long at = 0; at < source.count(); at += share) {
      long from = at;
      long count = Math.min(share, source.count() - at);
      copies.add(
          CompletableFuture.runAsync(
              () -> MemorySegment.copy(whole, from, room, from, count), readers));
    }
    return CompletableFuture.allOf(copies.toArray(CompletableFuture[]::new))
        .thenApply(_ -> new Piece(buffers.get(place), source.count()));
  }

  @Override
  public void close() {
    readers.close();
    buffers.forEach(IValue::close);
    memory.close();
  }
}
