package dev.unmask.bench.store;

import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Role;
import dev.unmask.client.local.ServiceProcess;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A cache-service in a process of its own, as {@code ./unmask up --processes} starts it. */
final class CacheProcess implements AutoCloseable {
  private final ServiceProcess process;
  private final ManagedChannel channel;

  /**
   * Starts it, and waits until it serves.
   *
   * @param flags file of JVM flags
   */
  CacheProcess(Path flags, Map<String, Object> settings) {
    process =
        OwnProcesses.likeThis(flags, System.err, System.err::println)
            .launch(Role.CACHE, "cache", settings);
    channel = NettyChannelBuilder.forTarget(process.address()).usePlaintext().build();
  }

  ManagedChannel channel() {
    return channel;
  }

  /** Resident memory in bytes. */
  long residentBytes() throws IOException {
    try (var status = Files.lines(Path.of("/proc/" + process.handle().pid() + "/status"))) {
      var line = status.filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }
  }

  /** SIGKILL: no farewell, no flush. */
  void kill() {
    process.handle().destroyForcibly();
    process.handle().onExit().join();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    process.close();
  }
}
