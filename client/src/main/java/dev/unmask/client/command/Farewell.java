package dev.unmask.client.command;

import java.util.List;

/**
 * What must happen even when the process is told to stop (ctrl-C): free the terminal, cancel a
 * generation, stop child processes. It happens once.
 */
final class Farewell implements AutoCloseable {
  private final Thread hook;
  private final Runnable ending;

  private Farewell(Runnable ending) {
    this.ending = ending;
    this.hook = Thread.ofPlatform().name("farewell").unstarted(ending);
  }

  /** Runs {@code endings} in order when closed, or else when the process ends. */
  static Farewell with(Runnable... endings) {
    var farewell = new Farewell(() -> List.of(endings).forEach(Runnable::run));
    Runtime.getRuntime().addShutdownHook(farewell.hook);
    return farewell;
  }

  @Override
  public void close() {
    if (removed()) {
      ending.run();
    }
  }

  /** Whether the hook will not run; once the process is ending it will. */
  private boolean removed() {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
