package dev.unmask.deploy.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A machine of a {@link Network}: a namespace of the kernel with an address, and a wire to the
 * bridge that all are on.
 *
 * @param namespace its name for {@code ip}
 * @param wire the wire's end at the bridge
 * @param bridge it belongs to
 * @param address of it
 */
record Machine(String namespace, String wire, String bridge, String address) {
  private static final Pattern DROPPED = Pattern.compile("dropped (\\d+)");

  /** A script that runs {@code java} there. */
  Path java(Path folder) {
    return java(folder, Map.of());
  }

  /** A script that runs {@code java} there, with an environment that has these variables. */
  Path java(Path folder, Map<String, String> environment) {
    var variables =
        environment.entrySet().stream()
            .map(variable -> "export %s='%s'%n".formatted(variable.getKey(), variable.getValue()))
            .collect(Collectors.joining());
    try {
      var script =
          Files.writeString(
              folder.resolve(namespace + "-java"),
              "#!/bin/sh\n%sexec ip netns exec %s %s/bin/java \"$@\"\n"
                  .formatted(variables, namespace, System.getProperty("java.home")));
      if (!script.toFile().setExecutable(true)) {
        throw new IllegalStateException(script + " cannot be made executable");
      }
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing comes or goes any more, and nobody is told: no reset, no error of the network. */
  void cut() {
    Command.run("ip link set " + wire + " nomaster");
  }

  /** Everything comes and goes again. */
  void mend() {
    Command.run("ip link set " + wire + " master " + bridge);
  }

  /**
   * Both ways at that rate from now on.
   *
   * @param kilobits a second
   * @param queue bytes that wait; what comes on top is lost
   */
  void narrow(int kilobits, int queue) {
    var bucket =
        " root tbf rate %dkbit burst %d limit %d".formatted(kilobits, Network.FRAME, queue);
    Command.run("tc qdisc add dev " + wire + bucket);
    Command.run("ip netns exec " + namespace + " tc qdisc add dev eth0" + bucket);
  }

  /** Packets lost since it was narrowed. */
  long dropped() {
    return Stream.of(
            "tc -s qdisc show dev " + wire,
            "ip netns exec " + namespace + " tc -s qdisc show dev eth0")
        .flatMap(command -> DROPPED.matcher(Command.run(command)).results())
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  /** As wide as at first. */
  void widen() {
    List.of(
            "tc qdisc del dev " + wire + " root",
            "ip netns exec " + namespace + " tc qdisc del dev eth0 root")
        .forEach(Command::run);
  }
}
