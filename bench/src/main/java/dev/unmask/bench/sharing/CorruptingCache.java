package dev.unmask.bench.sharing;

import com.google.protobuf.ByteString;
import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.FindPagesResponse;
import dev.unmask.pagecache.v1.GetCapabilitiesRequest;
import dev.unmask.pagecache.v1.GetCapabilitiesResponse;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc.PageCacheServiceBlockingStub;
import dev.unmask.pagecache.v1.ReadPagesRequest;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.pagecache.v1.WritePagesResponse;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;

/** A cache-service that has every page of a real one and flips one bit of each chunk it sends. */
final class CorruptingCache extends PageCacheServiceGrpc.PageCacheServiceImplBase {
  private final PageCacheServiceBlockingStub pages;

  CorruptingCache(Channel real) {
    pages = PageCacheServiceGrpc.newBlockingStub(real);
  }

  @Override
  public void getCapabilities(
      GetCapabilitiesRequest request, StreamObserver<GetCapabilitiesResponse> response) {
    response.onNext(pages.getCapabilities(request));
    response.onCompleted();
  }

  @Override
  public void findPages(FindPagesRequest request, StreamObserver<FindPagesResponse> response) {
    response.onNext(pages.findPages(request));
    response.onCompleted();
  }

  @Override
  public void readPages(ReadPagesRequest request, StreamObserver<ReadPagesResponse> response) {
    var reader = (ServerCallStreamObserver<ReadPagesResponse>) response;
    var chunks = pages.readPages(request);
    reader.setOnReadyHandler(() -> send(chunks, reader));
  }

  /** As much as the reader takes: it leaves as soon as it has found the first page damaged. */
  private static void send(
      Iterator<ReadPagesResponse> chunks, ServerCallStreamObserver<ReadPagesResponse> reader) {
    try {
      while (reader.isReady() && !reader.isCancelled()) {
        if (!chunks.hasNext()) {
          reader.onCompleted();
          return;
        }
        reader.onNext(flipped(chunks.next()));
      }
    } catch (StatusRuntimeException e) {
      // The reader's cancellation reached our own call.
      reader.onError(e);
    }
  }

  @Override
  public StreamObserver<WritePagesRequest> writePages(StreamObserver<WritePagesResponse> response) {
    return new StreamObserver<>() {
      @Override
      public void onNext(WritePagesRequest chunk) {}

      @Override
      public void onError(Throwable failure) {}

      @Override
      public void onCompleted() {
        response.onNext(WritePagesResponse.getDefaultInstance());
        response.onCompleted();
      }
    };
  }

  private static ReadPagesResponse flipped(ReadPagesResponse chunk) {
    if (chunk.getData().isEmpty()) {
      return chunk;
    }
    byte[] data = chunk.getData().toByteArray();
    data[data.length / 2] ^= 0x10;
    return chunk.toBuilder().setData(ByteString.copyFrom(data)).build();
  }
}
