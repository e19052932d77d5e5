package dev.unmask.worker.pages;

import com.google.protobuf.ByteString;
import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.FindPagesResponse;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.ReadPagesRequest;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.pagecache.v1.WritePagesResponse;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cache-service that keeps pages in a map and answers reads as badly as it is told. */
public final class FaultyCache extends PageCacheServiceGrpc.PageCacheServiceImplBase
    implements AutoCloseable {
  /** How it answers a read. */
  public interface Fault {
    /** Is asked before anything else is answered. */
    default void before() {}

    void answer(List<ReadPagesResponse> truth, StreamObserver<ReadPagesResponse> out);
  }

  private final Map<ByteString, ByteString> records = new ConcurrentHashMap<>();
  private final List<WritePagesRequest> firstChunks = new CopyOnWriteArrayList<>();
  private final Fault fault;
  private final Server server;

  public FaultyCache(Fault fault) {
    this.fault = fault;
    try {
      server = NettyServerBuilder.forPort(0).addService(this).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of every page that was written. */
  public List<WritePagesRequest> firstChunks() {
    return firstChunks;
  }

  public int port() {
    return server.getPort();
  }

  /** Ends every connection at once. */
  public void die() {
    server.shutdownNow();
  }

  @Override
  public void findPages(FindPagesRequest request, StreamObserver<FindPagesResponse> out) {
    fault.before();
    var response = FindPagesResponse.newBuilder();
    request
        .getKeysList()
        .forEach(key ->
            response.addLengths(records.getOrDefault(key.getDigest(), ByteString.EMPTY).size()));
    out.onNext(response.build());
    out.onCompleted();
  }

  @Override
  public void readPages(ReadPagesRequest request, StreamObserver<ReadPagesResponse> out) {
    var truth = new ArrayList<ReadPagesResponse>();
    for (int i = 0; i < request.getKeysCount(); i++) {
      var record = records.get(request.getKeys(i).getDigest());
      int half = record.size() / 2;
      truth.add(chunk(i, record, 0, half));
      truth.add(chunk(i, record, half, record.size()));
    }
    fault.answer(truth, out);
  }

  @Override
  public StreamObserver<WritePagesRequest> writePages(StreamObserver<WritePagesResponse> out) {
    return new StreamObserver<>() {
      private int pages;

      @Override
      public void onNext(WritePagesRequest chunk) {
        if (chunk.getOffset() == 0) {
          firstChunks.add(chunk);
        }
        var record = records.merge(chunk.getKey().getDigest(), chunk.getData(), ByteString::concat);
        pages += record.size() == chunk.getLength() ? 1 : 0;
      }

      @Override
      public void onError(Throwable failure) {}

      @Override
      public void onCompleted() {
        out.onNext(WritePagesResponse.newBuilder().setStored(pages).build());
        out.onCompleted();
      }
    };
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static ReadPagesResponse chunk(int index, ByteString record, int from, int to) {
    return ReadPagesResponse.newBuilder()
        .setKeyIndex(index)
        .setLength(record.size())
        .setOffset(from)
        .setData(record.substring(from, to))
        .build();
  }
}
