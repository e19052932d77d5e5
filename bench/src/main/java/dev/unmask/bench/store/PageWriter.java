package dev.unmask.bench.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.unmask.contract.Limits;
import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.pagecache.v1.WritePagesResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Writes states of pages made of their numbers, one call a state, as fast as they are taken. */
final class PageWriter {
  private static final int PAGES_A_STATE = 32;

  private final ManagedChannel channel;
  private final int length;

  /** Records of {@code length} bytes. */
  PageWriter(ManagedChannel channel, int length) {
    this.channel = channel;
    this.length = length;
  }

  /** Writes pages until so many bytes are stored; how many pages. */
  long write(long bytes) {
    long number = 0;
    while (number * length < bytes) {
      var call = new Call(number, length);
      PageCacheServiceGrpc.newStub(channel).writePages(call);
      if (call.answer.join().getStored() != PAGES_A_STATE) {
        throw new IllegalStateException("not stored: " + call.answer.join());
      }
      number += PAGES_A_STATE;
    }
    return number;
  }

  static PageKey key(long number) {
    return PageKey.of(ByteBuffer.allocate(PageKey.BYTES).putLong(0, number + 1).array());
  }

  private static ByteString record(long number, int length) {
    var record = ByteBuffer.allocate(length);
    record.putLong(PageRecord.HEADER_BYTES, number);
    PageRecord.seal(key(number), record);
    return UnsafeByteOperations.unsafeWrap(record);
  }

  /** One state; sends when the transport takes more. */
  private static final class Call
      implements ClientResponseObserver<WritePagesRequest, WritePagesResponse> {
    final CompletableFuture<WritePagesResponse> answer = new CompletableFuture<>();
    private final long state;
    private final int length;
    private ByteString record;
    private long number;
    private int offset;

    Call(long state, int length) {
      this.state = state;
      this.length = length;
      this.number = state;
      this.record = record(state, length);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WritePagesRequest> out) {
      out.setOnReadyHandler(() -> send(out));
    }

    private void send(ClientCallStreamObserver<WritePagesRequest> out) {
      while (number < state + PAGES_A_STATE && out.isReady()) {
        int end = Math.min(length, offset + Limits.PAGE_CHUNK_BYTES);
        out.onNext(
            WritePagesRequest.newBuilder()
                .setNamespace("bench")
                .setKey(key(number).toMessage())
                .setState(key(state).toMessage())
                .setCostMicros(1000)
                .setLength(length)
                .setOffset(offset)
                .setData(record.substring(offset, end))
                .build());
        offset = end;
        if (offset == length) {
          next(out);
        }
      }
    }

    private void next(ClientCallStreamObserver<WritePagesRequest> out) {
      number++;
      offset = 0;
      if (number < state + PAGES_A_STATE) {
        record = record(number, length);
      } else {
        out.onCompleted();
      }
    }

    @Override
    public void onNext(WritePagesResponse response) {
      answer.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }
}
