package dev.unmask.bench.sharing;

import dev.unmask.bench.sharing.HitEqualsMiss.Question;
import dev.unmask.cache.CacheServer;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Workers with every kind of cache-service: none, a good one (a writer and a reader), one that is
 * down, and one that corrupts what it sends.
 */
record Fleet(
    CacheServer cache,
    ManagedChannel real,
    Server corrupting,
    Worker alone,
    Worker writer,
    Worker reader,
    Worker cut,
    Worker deceived)
    implements AutoCloseable {
  private static final String NOBODY = "127.0.0.1:1";
  private static final int MOST_TRIES = 1000;

  static Fleet start(List<Path> models) throws IOException {
    var cache =
        CacheServer.start(
            Map.of(
                "grpc.server.port",
                0,
                "unmask.cache.directory",
                Files.createTempDirectory("pages").toString()));
    var real = ManagedChannelBuilder.forAddress("127.0.0.1", cache.port()).usePlaintext().build();
    var corrupting =
        NettyServerBuilder.forPort(0).addService(new CorruptingCache(real)).build().start();
    var address = "127.0.0.1:" + cache.port();
    return new Fleet(
        cache,
        real,
        corrupting,
        Worker.start("alone", models, ""),
        Worker.start("writer", models, address),
        Worker.start("reader", models, address),
        Worker.start("cut", models, NOBODY),
        Worker.start("deceived", models, "127.0.0.1:" + corrupting.getPort()));
  }

  /** Has the writer compute and publish, until the store has all pages. */
  void fillStore(Question question) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      if (writer.ask(question).closed().getUsage().getPagesMissed() == 0) {
        return;
      }
    }
    throw new IllegalStateException("the store does not keep the pages of " + question);
  }

  @Override
  public void close() {
    List.of(alone, writer, reader, cut, deceived).forEach(Worker::close);
    corrupting.shutdownNow();
    real.shutdownNow();
    cache.close();
  }
}
