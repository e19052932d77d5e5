package dev.unmask.client.evaluation.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Who sets a command's namespaces up, and as whom the command then runs. */
enum Fence {
  /** The superuser does; the command is a user whom nobody else is. */
  SUPERUSER,
  /** A user whom nobody else is does, in a user namespace; where the superuser may not mount. */
  STRANGER,
  /** The ordinary user does, in a user namespace. */
  USER;

  /** Processes of the fence itself that count as the command's: its shell and its timeout. */
  private static final int FENCE_PROCESSES = 2;

  static List<Fence> of(boolean superuser) {
    return superuser ? List.of(SUPERUSER, STRANGER) : List.of(USER);
  }

  /** What makes the namespaces; what follows is the first process in them. */
  List<String> entering(int stranger) {
    var command = new ArrayList<String>();
    if (this == STRANGER) {
      command.addAll(becoming(stranger));
      command.add("--");
    }
    command.addAll(List.of("unshare", "--mount", "--net", "--ipc", "--uts", "--pid"));
    if (this != SUPERUSER) {
      command.addAll(List.of("--user", "--map-root-user"));
    }
    command.addAll(List.of("--fork", "--kill-child", "--"));
    return command;
  }

  /** What gives up every right; what follows is the command. */
  List<String> leaving(int stranger) {
    var command = new ArrayList<>(this == SUPERUSER ? becoming(stranger) : List.of("setpriv"));
    command.addAll(List.of("--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", "--"));
    return command;
  }

  /** How many processes the command's user may have so that the command may have some. */
  int processes(int ofCommand) {
    return this == SUPERUSER ? ofCommand : ofCommand + FENCE_PROCESSES;
  }

  static List<String> becoming(int user) {
    return List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
  }

  /**
   * Numbers of users whom nobody is. A limit on processes does not bind the superuser and counts
   * per user, so what the superuser runs gets a user of its own. The numbers are those that systemd
   * keeps for users without a name; they fit a container's 65,536.
   */
  static final class Strangers {
    private static final int FIRST = 61_184;
    private static final int COUNT = 4_096;

    private final AtomicInteger next;

    /** Starts anywhere, so that two runs of the command line seldom meet. */
    Strangers(long start) {
      this.next = new AtomicInteger(Math.floorMod(start, COUNT));
    }

    int next() {
      return FIRST + next.getAndUpdate(n -> (n + 1) % COUNT);
    }
  }
}
