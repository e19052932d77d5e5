package dev.unmask.client.evaluation.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a command in namespaces of its own. Its files are a memory disk that ends with them; the
 * kernel ends every process when the first of them ends.
 */
final class NamespaceSandbox implements Sandbox {
  private static final String READY = "ready\n";

  private final Fence fence;
  private final World world;
  private final Fence.Strangers strangers;
  private final String script;

  NamespaceSandbox(Fence fence, World world, Fence.Strangers strangers) throws IOException {
    this.fence = fence;
    this.world = world;
    this.strangers = strangers;
    try (var text = NamespaceSandbox.class.getResourceAsStream("enter.sh")) {
      if (text == null) {
        throw new IOException("enter.sh is not on the class path");
      }
      this.script = new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public Outcome run(Job job) throws IOException, InterruptedException {
    var command = command(job, strangers.next());
    var process = Commands.start(command, Path.of("/"), Map.of("HOME", "/tmp"));
    return new Watch(process, job, READY).end(NamespaceSandbox::killAll);
  }

  private List<String> command(Job job, int stranger) {
    var bounds = job.bounds();
    var backstop = bounds.wallTime().plus(Watch.GRACE);
    var command = new ArrayList<>(fence.entering(stranger));
    command.addAll(List.of("/bin/sh", "-c", script, "sandbox"));
    command.add(world.base().toString());
    command.add(Long.toString(bounds.diskBytes()));
    command.add(Long.toString(backstop.toSeconds()));
    world.visiblePaths().forEach(command::add);
    command.add("--");
    command.addAll(Commands.limits(bounds, fence.processes(bounds.processes())));
    command.addAll(fence.leaving(stranger));
    command.addAll(job.command());
    return Commands.detached(command);
  }

  /** Kills the first process of the namespace: its parent ends when all the others are gone. */
  private static void killAll(Process unshare) throws IOException, InterruptedException {
    if (!unshare.isAlive()) {
      return;
    }
    unshare.children().forEach(ProcessHandle::destroyForcibly);
    if (unshare.waitFor(Watch.GRACE)) {
      return;
    }
    unshare.toHandle().destroyForcibly();
    if (!unshare.waitFor(Watch.GRACE)) {
      throw new IOException("process " + unshare.pid() + " could not be killed");
    }
  }
}
