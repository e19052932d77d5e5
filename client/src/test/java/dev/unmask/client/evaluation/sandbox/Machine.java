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

  static boolean allowsNamespaces() throws IOException, InterruptedException {
    for (var fence : Fence.of(isSuperuser())) {
      if (allows(fence)) {
        return true;
      }
    }
    return false;
  }

  static boolean allows(Fence fence) throws IOException, InterruptedException {
    return switch (fence) {
      case SUPERUSER -> canMount(List.of(), List.of());
      case STRANGER ->
          canMount(
              List.of("setpriv", "--reuid=61000", "--regid=61000", "--clear-groups", "--"),
              List.of("--user", "--map-root-user"));
      case USER -> canMount(List.of(), List.of("--user", "--map-root-user"));
    };
  }

  private static boolean canMount(List<String> before, List<String> user)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(before);
    command.addAll(List.of("unshare", "--mount", "--net", "--ipc", "--uts", "--pid", "--fork"));
    command.addAll(user);
    command.addAll(List.of("mount", "-t", "tmpfs", "none", "/tmp"));
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  static boolean has(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("/bin/sh", "-c", "command -v " + program).start().waitFor() == 0;
  }
}
