package dev.unmask.cache.api;

import dev.unmask.cache.store.PageStore;
import dev.unmask.cache.wire.HeldPage;
import dev.unmask.cache.wire.OutgoingChunk;
import dev.unmask.contract.Limits;
import dev.unmask.page.PageKey;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.Optional;

/**
 * One ReadPages call: sends chunks as long as the transport takes them, and goes on when it takes
 * more. Holds the pin of one page at a time and one chunk of it; gRPC calls it from one thread at a
 * time.
 */
final class PageReading {
  private final PageStore store;
  private final List<PageKey> keys;
  private final ServerCallStreamObserver<OutgoingChunk> out;
  private int next;
  private Optional<HeldPage> page = Optional.empty();
  private int offset;
  private boolean over;

  PageReading(PageStore store, List<PageKey> keys, ServerCallStreamObserver<OutgoingChunk> out) {
    this.store = store;
    this.keys = keys;
    this.out = out;
  }

  /** Arranges for gRPC to call back. */
  void start() {
    out.setOnReadyThreshold(Limits.PAGE_QUEUED_BYTES);
    out.setOnCancelHandler(this::end);
    out.setOnCloseHandler(this::end);
    out.setOnReadyHandler(this::send);
  }

  private void send() {
    try {
      while (!over && out.isReady()) {
        if (page.isPresent()) {
          sendChunk(page.get());
        } else if (next < keys.size()) {
          open();
        } else {
          end();
          out.onCompleted();
        }
      }
    } catch (RuntimeException e) {
      end();
      throw e;
    }
  }

  private void open() {
    page = store.read(keys.get(next)).map(HeldPage::new);
    offset = 0;
    if (page.isEmpty()) {
      out.onNext(new OutgoingChunk.Missing(next));
      next++;
    }
  }

  private void sendChunk(HeldPage pinned) {
    int length = pinned.bytes().capacity();
    int size = Math.min(Limits.PAGE_CHUNK_BYTES, length - offset);
    out.onNext(new OutgoingChunk.Piece(next, pinned, offset, size));
    offset += size;
    if (offset == length) {
      unpin();
      next++;
    }
  }

  private void end() {
    over = true;
    unpin();
  }

  private void unpin() {
    page.ifPresent(HeldPage::release);
    page = Optional.empty();
  }
}
