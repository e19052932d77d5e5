package dev.unmask.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.metrics.Scrape;
import dev.unmask.page.PageRecord;
import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own. */
final class CacheProcessTest {
  @TempDir private Path directory;

  @Test
  void main_askedToEnd_stopsInOrderAndKeepsItsPages() throws Exception {
    try (var cache = RunningCache.in(directory)) {
      Writing.write(cache, RunningCache.chunks(Pages.key(1), Pages.record(1, 1234)));
    }
    var process = start();
    try {
      var ready = process.inputReader().readLine();
      assertThat(ready).matches("READY cache \\d+");
      assertThat(length(Integer.parseInt(ready.substring("READY cache ".length()))))
          .isEqualTo(1234);
      assertThat(directory.resolve("clean")).doesNotExist();

      process.destroy();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(directory.resolve("clean")).exists();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void main_withAMetricsPort_tellsItBeforeItIsReadyAndServesItThere() throws Exception {
    var process = start("--unmask.metrics.port=0");
    try {
      var lines = process.inputReader();
      var told = lines.readLine();
      assertThat(told).matches("METRICS cache \\d+");
      assertThat(lines.readLine()).startsWith("READY cache ");
      var port = told.substring("METRICS cache ".length());
      assertThat(Scrape.of(URI.create("http://127.0.0.1:" + port)).types()).isNotEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void main_killedInMidWrite_servesWholePagesOnlyAfterwards() throws Exception {
    var process = start();
    long last;
    try {
      last = writeUntilKilled(process);
    } finally {
      process.destroyForcibly();
    }
    try (var cache = RunningCache.in(directory)) {
      var numbers = LongStream.range(0, last + 1000).toArray();
      var found = new AtomicInteger();
      cache
          .calls()
          .readPages(RunningCache.read(numbers))
          .forEachRemaining(page -> {
            if (!page.getMissing()) {
              found.incrementAndGet();
              var record = page.getData().asReadOnlyByteBuffer();
              assertThat(PageRecord.open(Pages.key(page.getKeyIndex()), record)).isPresent();
            }
          });
      assertThat((long) found.get()).isGreaterThanOrEqualTo(last);
    }
  }

  /** How many pages were stored for certain when the process was killed. */
  private static long writeUntilKilled(Process process) throws Exception {
    int port =
        Integer.parseInt(process.inputReader().readLine().substring("READY cache ".length()));
    var channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    try {
      long number = 0;
      while (true) {
        var call = new Writing();
        var out = PageCacheServiceGrpc.newStub(channel).writePages(call);
        for (long page = number; page < number + 100; page++) {
          RunningCache.chunks(Pages.key(page), Pages.record(page, 16_000)).forEach(out::onNext);
        }
        if (number == 500) {
          process.toHandle().destroyForcibly();
          process.waitFor();
          return number;
        }
        out.onCompleted();
        assertThat(call.answer().getStored()).isEqualTo(100);
        number += 100;
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private Process start(String... more) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CacheServer.class.getName());
    command.add("--unmask.cache.directory=" + directory);
    command.add("--grpc.server.port=0");
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static long length(int port) {
    var channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    try {
      return PageCacheServiceGrpc.newBlockingStub(channel)
          .findPages(
              FindPagesRequest.newBuilder()
                  .setNamespace(RunningCache.NAMESPACE)
                  .addKeys(Pages.key(1).toMessage())
                  .build())
          .getLengths(0);
    } finally {
      channel.shutdownNow();
    }
  }
}
