package dev.unmask.deploy;

import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cache-services on one port of loopback addresses of their own, and workers that know nothing of
 * them but a name that has all these addresses.
 */
final class NamedInstances implements Layout {
  private static final String NAME = "pages.test";

  private final Path names;
  private final Path flags;
  private final int port;

  /** In a folder for files of ours. */
  NamedInstances(Path folder, Path usualFlags, int instances) {
    names = folder.resolve("hosts");
    flags = folder.resolve("jvm.flags");
    resolvesTo(IntStream.rangeClosed(1, instances).boxed().toList());
    try (var free = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[4]))) {
      port = free.getLocalPort();
      // Two caches of names, Java's and gRPC's, keep an answer for half a minute.
      Files.writeString(
          flags,
          Files.readString(usualFlags)
              + "-Djdk.net.hosts.file=%s\n".formatted(names)
              + "-Dsun.net.inetaddr.ttl=1\n-Dnetworkaddress.cache.ttl=1\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on the name has the addresses of these instances. */
  void resolvesTo(List<Integer> instances) {
    try {
      Files.writeString(
          names,
          instances.stream()
              .map(number -> host(number) + " " + NAME)
              .collect(Collectors.joining("\n", "127.0.0.1 localhost\n", "\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void change(Role role, String name, Map<String, Object> settings) {
    switch (role) {
      case CACHE -> {
        settings.put("grpc.server.host", host(number(name)));
        settings.put("grpc.server.port", port);
      }
      case WORKER -> {
        settings.put("unmask.worker.fetch", "always");
        settings.put("unmask.worker.cache", "dns:///" + NAME + ":" + port);
      }
      case GATEWAY -> {}
    }
  }

  @Override
  public OwnProcesses processes(Role role, OwnProcesses usual) {
    return role == Role.WORKER
        ? new OwnProcesses(usual.java(), flags, usual.classPath(), usual.log(), usual.deaths())
        : usual;
  }

  @Override
  public String address(String name, String usual) {
    return name.startsWith("cache-service") ? host(number(name)) + ":" + port : usual;
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  private static String host(int number) {
    return "127.0.0." + number;
  }
}
