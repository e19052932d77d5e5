package dev.unmask.client.evaluation.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the machine that runs the tests allows, found out without the sandbox. */
final class Machine {
  private Machine() {}

  static boolean isSuperuser() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  static boolean allows(Isolation isolation) throws IOException, InterruptedException {
    return switch (isolation) {
      case NAMESPACES -> allowsNamespaces();
      case LIMITS -> allowsLimits();
    };
  }

  static boolean allowsNamespaces() throws IOException, InterruptedException {
    for (var fence : Fence.of(isSuperuser())) {
      if (allows(fence)) {
        return true;
      }
    }
    return false;
  }

  static boolean allows(Fence fence) throws InterruptedException {
    return switch (fence) {
      case SUPERUSER -> canMount(List.of(), List.of());
      case STRANGER ->
          canMount(
              List.of("setpriv", "--reuid=61000", "--regid=61000", "--clear-groups", "--"),
              List.of("--user", "--map-root-user"));
      case USER -> canMount(List.of(), List.of("--user", "--map-root-user"));
    };
  }

  /** The superuser's commands become another user, which takes a right a container may lack. */
  private static boolean allowsLimits() throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("prlimit", "--core=0", "--"));
    command.addAll(isSuperuser() ? Fence.becoming(61_000) : List.of("setpriv"));
    command.addAll(List.of("--inh-caps=-all", "--", "true"));
    return succeeds(command);
  }

  private static boolean canMount(List<String> before, List<String> user)
      throws InterruptedException {
    var command = new ArrayList<>(before);
    command.addAll(List.of("unshare", "--mount", "--net", "--ipc", "--uts", "--pid", "--fork"));
    command.addAll(user);
    command.addAll(List.of("mount", "-t", "tmpfs", "none", "/tmp"));
    return succeeds(command);
  }

  static boolean has(String program) throws InterruptedException {
    return succeeds(List.of("/bin/sh", "-c", "command -v " + program));
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
