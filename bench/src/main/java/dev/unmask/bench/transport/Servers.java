package dev.unmask.bench.transport;

import dev.unmask.cache.CacheServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The two servers, each a process of its own with a folder for its files. */
final class Servers implements AutoCloseable {
  private static final long CAPACITY_BYTES = 384L << 20;
  private static final Duration START = Duration.ofSeconds(30);

  private final Path folder;
  private final Process cache;
  private final int cachePort;
  private final Optional<Process> redis;
  private final int redisPort;

  private Servers(
      Path folder, int cachePort, Process cache, int redisPort, Optional<Process> redis) {
    this.folder = folder;
    this.cachePort = cachePort;
    this.cache = cache;
    this.redisPort = redisPort;
    this.redis = redis;
  }

  /** Starts the cache-service, and Redis or Valkey if there is one on the PATH. */
  static Servers start() throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("transport");
    var cache = command(folder, cacheCommand(folder));
    String ready = ready(cache);
    int port = Integer.parseInt(ready.substring(ready.lastIndexOf(' ') + 1));
    int redisPort = freePort();
    var binary = binary();
    Optional<Process> redis = Optional.empty();
    if (binary.isPresent()) {
      redis = Optional.of(command(folder, redisCommand(folder, binary.get(), redisPort)));
      awaitPort(redisPort);
    }
    return new Servers(folder, port, cache, redisPort, redis);
  }

  String cacheTcp() {
    return "127.0.0.1:" + cachePort;
  }

  String cacheUnix() {
    return "unix:" + folder.resolve("cache.sock");
  }

  boolean hasRedis() {
    return redis.isPresent();
  }

  int redisPort() {
    return redisPort;
  }

  String redisUnix() {
    return "redis-socket://" + folder.resolve("redis.sock");
  }

  /** Seconds of processor that both and this process have used. */
  double processorTime() {
    return ProcessorTime.seconds(
        Stream.concat(
            Stream.of(ProcessHandle.current().pid(), cache.pid()),
            redis.stream().map(Process::pid)));
  }

  @Override
  public void close() {
    cache.destroy();
    redis.ifPresent(Process::destroy);
    try {
      if (!cache.waitFor(10, TimeUnit.SECONDS)) {
        cache.destroyForcibly();
      }
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String ready(Process cache) throws IOException {
    var lines = cache.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("READY ")) {
        return line;
      }
    }
    throw new IllegalStateException("the cache-service did not start");
  }

  private static List<String> cacheCommand(Path folder) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CacheServer.class.getName());
    command.add("--unmask.cache.directory=" + folder.resolve("cache"));
    command.add("--unmask.cache.socket=" + folder.resolve("cache.sock"));
    command.add("--unmask.cache.mapping=true");
    command.add("--grpc.server.port=0");
    int[] slots = {68 << 10, 516 << 10};
    for (int i = 0; i < slots.length; i++) {
      command.add("--unmask.cache.slabs[" + i + "].slot-bytes=" + slots[i]);
      command.add("--unmask.cache.slabs[" + i + "].capacity-bytes=" + CAPACITY_BYTES);
    }
    return command;
  }

  private static List<String> redisCommand(Path folder, Path binary, int port) {
    return List.of(
        binary.toString(),
        "--port",
        Integer.toString(port),
        "--bind",
        "127.0.0.1",
        "--unixsocket",
        folder.resolve("redis.sock").toString(),
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        folder.toString(),
        "--maxmemory",
        Long.toString(2 * CAPACITY_BYTES),
        "--maxmemory-policy",
        "allkeys-lru",
        "--logfile",
        folder.resolve("redis.log").toString());
  }

  private static Process command(Path folder, List<String> command) throws IOException {
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return process;
  }

  private static Optional<Path> binary() {
    return Stream.of("valkey-server", "redis-server")
        .flatMap(name ->
            Stream.of(System.getenv("PATH").split(":", -1)).map(where -> Path.of(where, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitPort(int port) throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
    throw new IllegalStateException("Redis did not start");
  }
}
