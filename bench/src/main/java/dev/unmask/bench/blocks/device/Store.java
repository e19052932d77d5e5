package dev.unmask.bench.blocks.device;

import dev.unmask.cache.CacheServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A cache-service in this process, with a port, a socket and mapped files. */
record Store(CacheServer server, Path folder) implements AutoCloseable {
  /** A page of Fast-dLLM v2 7B, or of the small model; of SDAR-8B; in bytes, with headers. */
  private static final int[] SLOTS = {68 << 10, 132 << 10};

  /** Room for all prompts of a run, of either shape, and what warming up leaves. */
  private static final long DEVICE_BYTES = 12L << 30;

  private static final long SMALL_BYTES = 1L << 30;

  static Store start(boolean large) throws IOException {
    var folder = Files.createTempDirectory("pages");
    Map<String, Object> settings = new HashMap<>();
    settings.put("grpc.server.port", 0);
    settings.put("unmask.cache.directory", folder.resolve("slabs").toString());
    settings.put("unmask.cache.socket", folder.resolve("socket").toString());
    settings.put("unmask.cache.mapping", true);
    for (int i = 0; i < SLOTS.length; i++) {
      var slab = "unmask.cache.slabs[%d].".formatted(i);
      settings.put(slab + "slot-bytes", SLOTS[i]);
      settings.put(slab + "capacity-bytes", large ? DEVICE_BYTES : SMALL_BYTES);
    }
    return new Store(CacheServer.start(settings), folder);
  }

  String address() {
    return "127.0.0.1:" + server.port();
  }

  String socket() {
    return "unix:" + folder.resolve("socket");
  }

  @Override
  public void close() {
    server.close();
  }
}
