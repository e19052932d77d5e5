package dev.unmask.client.evaluation.sandbox;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbers of users whom nobody is. A limit on processes does not bind the superuser and counts per
 * user, so what the superuser runs gets a user of its own. The numbers are those that systemd keeps
 * for users without a name; they fit a container's 65,536.
 */
final class Strangers {
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
