package dev.unmask.deploy.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Machines with addresses of their own on one bridge, of which this process is at {@link
 * #outside()}. Every machine knows the others' hardware addresses beforehand, as if a router stood
 * between them: that one is gone shows in nothing but silence. Needs root and {@code ip}; its names
 * and addresses follow this process's number, so that several can be at once.
 */
final class Network implements AutoCloseable {
  /** What a bucket lets through at once: a frame of Ethernet and some. */
  static final int FRAME = 2000;

  private static final Path CONFIGURATION = Path.of("/etc/netns");
  private static final int FIRST = 11;

  private final String name;
  private final String prefix;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Thread emergency = new Thread(this::remove);

  private Network(long number) {
    name = "um" + Long.toString(number % (1 << 22), 36);
    prefix = "10.%d.%d.".formatted(64 + number / 250 % 60, number % 250);
  }

  /** Why there can be none here; empty if there can. */
  static Optional<String> impossible() {
    var probe = "um-probe" + ProcessHandle.current().pid();
    try {
      Command.run("ip netns add " + probe);
      Command.run("ip netns del " + probe);
      return Optional.empty();
    } catch (IllegalStateException | UncheckedIOException e) {
      return Optional.of("no network of machines here, which needs root and ip: " + e.getMessage());
    }
  }

  /** Builds one with these machines, which ask the name server {@link #outside()}. */
  static Network of(List<String> machines) {
    var network = new Network(ProcessHandle.current().pid());
    Runtime.getRuntime().addShutdownHook(network.emergency);
    try {
      network.build(machines);
      return network;
    } catch (RuntimeException | IOException e) {
      network.close();
      throw new IllegalStateException("no network", e);
    }
  }

  Machine machine(String machine) {
    return Optional.ofNullable(machines.get(machine)).orElseThrow();
  }

  /** Address of this process. */
  String outside() {
    return prefix + 1;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(emergency);
    remove();
  }

  private void build(List<String> names) throws IOException {
    Command.run("ip link add %s address %s type bridge".formatted(name, hardware(1)));
    Command.run("ip addr add %s1/24 dev %s".formatted(prefix, name));
    Command.run("ip link set " + name + " up");
    for (int i = 0; i < names.size(); i++) {
      add(names.get(i), FIRST + i);
    }
    for (int i = 0; i < names.size(); i++) {
      var inside = "ip -n " + machine(names.get(i)).namespace();
      acquaint(inside, "eth0", 1);
      acquaint("ip", name, FIRST + i);
      for (int other = 0; other < names.size(); other++) {
        if (other != i) {
          acquaint(inside, "eth0", FIRST + other);
        }
      }
    }
  }

  private void add(String machine, int number) throws IOException {
    var added = new Machine(name + "-" + machine, name + number, name, prefix + number);
    machines.put(machine, added);
    var files = Files.createDirectories(CONFIGURATION.resolve(added.namespace()));
    Files.writeString(files.resolve("resolv.conf"), "nameserver " + outside() + "\n");
    Command.run("ip netns add " + added.namespace());
    Command.run(
        "ip link add %s type veth peer name eth0 address %s netns %s"
            .formatted(added.wire(), hardware(number), added.namespace()));
    Command.run("ip link set " + added.wire() + " master " + name + " up");
    var inside = "ip -n " + added.namespace();
    Command.run(inside + " addr add " + added.address() + "/24 dev eth0");
    Command.run(inside + " link set eth0 up");
    Command.run(inside + " link set lo up");
  }

  private void acquaint(String ip, String device, int number) {
    Command.run(
        "%s neigh replace %s%d lladdr %s nud permanent dev %s"
            .formatted(ip, prefix, number, hardware(number), device));
  }

  private static String hardware(int number) {
    return "02:00:0a:00:00:%02x".formatted(number);
  }

  private void remove() {
    for (var machine : machines.values()) {
      Command.attempt("ip netns del " + machine.namespace());
      Command.attempt("rm -r " + CONFIGURATION.resolve(machine.namespace()));
    }
    Command.attempt("ip link del " + name);
  }
}
