package dev.unmask.cache.api;

import com.google.protobuf.ByteString;
import dev.unmask.cache.store.PageStore;
import dev.unmask.cache.store.PinnedPage;
import dev.unmask.contract.Limits;
import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.ReadPagesResponse;
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
  private final ServerCallStreamObserver<ReadPagesResponse> out;
  private int next;
  private Optional<PinnedPage> page = Optional.empty();
  private int offset;
  private boolean over;

  PageReading(
      PageStore store, List<PageKey> keys, ServerCallStreamObserver<ReadPagesResponse> out) {
    this.store = store;
    this.keys = keys;
    this.out = out;
  }

  /** Arranges for gRPC to call back. */
  void start() {
    out.setOnReadyThreshold(Limits.PAGE_READ_AHEAD_BYTES);
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
    page = store.read(keys.get(next));
    offset = 0;
    if (page.isEmpty()) {
      out.onNext(ReadPagesResponse.newBuilder().setKeyIndex(next).setMissing(true).build());
      next++;
    }
  }

  private void sendChunk(PinnedPage pinned) {
    int length = pinned.bytes().capacity();
    int size = Math.min(Limits.PAGE_CHUNK_BYTES, length - offset);
    // A copy: some transports read the message after onNext, when the slot may hold another page.
    var data = ByteString.copyFrom(pinned.bytes().slice(offset, size));
    out.onNext(
        ReadPagesResponse.newBuilder()
            .setKeyIndex(next)
            .setLength(length)
            .setOffset(offset)
            .setData(data)
            .build());
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
    page.ifPresent(PinnedPage::close);
    page = Optional.empty();
  }
}
