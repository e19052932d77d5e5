package dev.unmask.worker.pages;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.host.HostMemory;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.host.StoredForward;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Memory for fetched forwards, used again instead of zeroed, faulted in and pinned again, which
 * costs as much as reading the pages. Keeps at most {@link Limits#PAGE_FETCH_IDLE} pieces.
 * Thread-safe.
 */
public final class FetchMemory implements AutoCloseable {
  private static final int MOST_WASTE = 4;

  private final LongFunction<HostMemory> allocator;
  private final Deque<HostMemory> idle = new ArrayDeque<>();
  private int most = Limits.PAGE_FETCH_IDLE;

  /**
   * Nothing kept yet.
   *
   * @param allocator of so many bytes; called by any thread
   */
  public FetchMemory(LongFunction<HostMemory> allocator) {
    this.allocator = allocator;
  }

  /** Room for what is needed; closing the forward gives the memory back. */
  StoredForward allocate(Need need) {
    return allocate(need.layout(), need.positions(), need.generationLength());
  }

  /**
   * Room for a forward, whatever it holds; closing the forward gives the memory back.
   *
   * @param positions that keys and values cover
   * @param states hidden states of the predictions
   */
  public StoredForward allocate(PageLayout layout, int positions, int states) {
    long bytes = StoredForward.bytes(layout, positions, states);
    var room = take(bytes).orElseGet(() -> allocator.apply(bytes));
    return StoredForward.over(room.bytes(), layout, positions, states, () -> give(room));
  }

  private synchronized Optional<HostMemory> take(long bytes) {
    for (Iterator<HostMemory> pieces = idle.iterator(); pieces.hasNext(); ) {
      var piece = pieces.next();
      long size = piece.bytes().byteSize();
      if (size >= bytes && size / MOST_WASTE <= bytes) {
        pieces.remove();
        return Optional.of(piece);
      }
    }
    return Optional.empty();
  }

  private synchronized void give(HostMemory piece) {
    idle.addFirst(piece);
    if (idle.size() > most) {
      idle.removeLast().close();
    }
  }

  /** Frees what is kept; what is in use is freed when it comes back. */
  @Override
  public synchronized void close() {
    most = 0;
    idle.forEach(HostMemory::close);
    idle.clear();
  }
}
