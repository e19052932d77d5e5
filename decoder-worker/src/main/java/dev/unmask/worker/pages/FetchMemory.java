package dev.unmask.worker.pages;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.StoredForward;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Off-heap memory for fetched forwards, used again instead of zeroed and faulted in again, which
 * costs as much as reading the pages. Keeps at most {@link Limits#PAGE_FETCH_IDLE} pieces; the rest
 * is the garbage collector's. Thread-safe.
 */
final class FetchMemory {
  private static final int ALIGNMENT = 64;
  private static final int MOST_WASTE = 4;

  private final Deque<MemorySegment> idle = new ArrayDeque<>();

  /** Room for what is needed; closing the forward gives the memory back. */
  StoredForward allocate(Need need) {
    long bytes = StoredForward.bytes(need.layout(), need.positions(), need.generationLength());
    var room = take(bytes).orElseGet(() -> Arena.ofAuto().allocate(Math.max(1, bytes), ALIGNMENT));
    return StoredForward.over(
        room, need.layout(), need.positions(), need.generationLength(), () -> give(room));
  }

  private synchronized Optional<MemorySegment> take(long bytes) {
    for (Iterator<MemorySegment> pieces = idle.iterator(); pieces.hasNext(); ) {
      var piece = pieces.next();
      if (piece.byteSize() >= bytes && piece.byteSize() / MOST_WASTE <= bytes) {
        pieces.remove();
        return Optional.of(piece);
      }
    }
    return Optional.empty();
  }

  private synchronized void give(MemorySegment piece) {
    idle.addFirst(piece);
    if (idle.size() > Limits.PAGE_FETCH_IDLE) {
      idle.removeLast();
    }
  }
}
