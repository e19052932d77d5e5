package dev.unmask.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

  private Process start() throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CacheServer.class.getName());
    command.add("--unmask.cache.directory=" + directory);
    command.add("--grpc.server.port=0");
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
