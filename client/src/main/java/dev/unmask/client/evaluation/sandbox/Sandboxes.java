package dev.unmask.client.evaluation.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds out what this machine allows and builds the sandbox that was asked for. */
public final class Sandboxes {
  /** Starts a process of its own, because that is what a limit set too low forbids. */
  private static final Job TRIAL =
      new Job(List.of("/bin/sh", "-c", "/bin/true && echo fit"), "", Bounds.PROGRAM);

  private static final String NEEDED =
      " Needed are Linux 5.14, util-linux 2.32 and the right to make namespaces: see the sysctls"
          + " user.max_user_namespaces, kernel.unprivileged_userns_clone and"
          + " kernel.apparmor_restrict_unprivileged_userns, or a container's seccomp profile. "
          + Isolation.OPTION
          + " runs code with limits on time, memory and processes only.";

  private final Path self;
  private final Fence.Strangers strangers;

  private Sandboxes(Path self, Fence.Strangers strangers) {
    this.self = self;
    this.strangers = strangers;
  }

  /**
   * A sandbox that was tried.
   *
   * @param visible folders a command in namespaces needs beside the system's, an interpreter's say
   * @throws IsolationException when this machine forbids what was asked for, with what is missing
   * @throws IOException when a folder does not exist
   * @throws InterruptedException when the thread is interrupted
   */
  public static Sandbox open(Isolation isolation, List<Path> visible)
      throws IOException, InterruptedException {
    var self = Path.of("/proc/self");
    if (!Files.isDirectory(self)) {
      throw new IsolationException(
          "code can be run on Linux only, not on "
              + System.getProperty("os.name").toLowerCase(Locale.ROOT));
    }
    return new Sandboxes(self, new Fence.Strangers(System.nanoTime())).tried(isolation, visible);
  }

  private Sandbox tried(Isolation isolation, List<Path> visible)
      throws IOException, InterruptedException {
    int user = (Integer) Files.getAttribute(self, "unix:uid");
    return switch (isolation) {
      case NAMESPACES -> namespaces(user == 0, World.with(visible));
      case LIMITS -> limits(user);
    };
  }

  private Sandbox namespaces(boolean superuser, World world)
      throws IOException, InterruptedException {
    var sandboxes = new ArrayList<Sandbox>();
    for (var fence : Fence.of(superuser)) {
      sandboxes.add(new NamespaceSandbox(fence, world, strangers));
    }
    return firstFit(sandboxes);
  }

  /** The first sandbox that stands a trial. */
  static Sandbox firstFit(List<Sandbox> sandboxes) throws IsolationException, InterruptedException {
    var faults = new ArrayList<String>();
    for (var sandbox : sandboxes) {
      var fault = fault(sandbox);
      if (fault.isEmpty()) {
        return sandbox;
      }
      faults.add(fault);
    }
    throw new IsolationException(
        "this machine does not let us keep code from its network and files ("
            + String.join("; ", faults)
            + ")."
            + NEEDED);
  }

  private Sandbox limits(int user) throws IOException, InterruptedException {
    var sandbox = new LimitedSandbox(user, strangers);
    var fault = fault(sandbox);
    if (!fault.isEmpty()) {
      throw new IsolationException("this machine does not let us limit what code uses: " + fault);
    }
    return sandbox;
  }

  /** What went wrong with a trial; empty when nothing did. */
  private static String fault(Sandbox sandbox) throws InterruptedException {
    try {
      var outcome = sandbox.run(TRIAL);
      boolean fit =
          outcome.ending() == Outcome.Ending.EXITED
              && outcome.exitCode() == 0
              && outcome.output().equals("fit\n");
      return fit ? "" : "a trial ended with " + outcome;
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}
