package dev.unmask.cache;

import com.google.protobuf.ByteString;
import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.ReadPagesRequest;
import dev.unmask.pagecache.v1.WritePagesRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cache-service on a free port and a channel to it, for tests. */
final class RunningCache implements AutoCloseable {
  static final String NAMESPACE = "alice";
  static final int CHUNK = 256 << 10;

  private final CacheServer server;
  private final ManagedChannel channel;

  private RunningCache(CacheServer server) {
    this.server = server;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  static RunningCache in(Path directory) {
    return with(directory, Map.of());
  }

  /** One with more settings. */
  static RunningCache with(Path directory, Map<String, Object> more) {
    var settings = settings(directory);
    settings.putAll(more);
    return new RunningCache(CacheServer.start(settings));
  }

  static Map<String, Object> settings(Path directory) {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("unmask.cache.directory", directory.toString());
    settings.put("grpc.server.port", 0);
    return settings;
  }

  int metricsPort() {
    return server.metricsPort().orElseThrow();
  }

  ManagedChannel channel() {
    return channel;
  }

  PageCacheServiceGrpc.PageCacheServiceBlockingStub calls() {
    return PageCacheServiceGrpc.newBlockingStub(channel);
  }

  PageCacheServiceGrpc.PageCacheServiceStub asyncCalls() {
    return PageCacheServiceGrpc.newStub(channel);
  }

  static ReadPagesRequest read(long... numbers) {
    var request = ReadPagesRequest.newBuilder().setNamespace(NAMESPACE);
    for (long number : numbers) {
      request.addKeys(Pages.key(number).toMessage());
    }
    return request.build();
  }

  /** The chunks of a record, as a worker sends them. */
  static List<WritePagesRequest> chunks(PageKey key, ByteBuffer record) {
    var chunks = new ArrayList<WritePagesRequest>();
    for (int offset = 0; offset < record.capacity(); offset += CHUNK) {
      int size = Math.min(CHUNK, record.capacity() - offset);
      chunks.add(
          WritePagesRequest.newBuilder()
              .setNamespace(NAMESPACE)
              .setKey(key.toMessage())
              .setLength(record.capacity())
              .setOffset(offset)
              .setData(ByteString.copyFrom(record.slice(offset, size)))
              .build());
    }
    return chunks;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
