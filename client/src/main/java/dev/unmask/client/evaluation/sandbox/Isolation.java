package dev.unmask.client.evaluation.sandbox;

/** How far a command is kept from everything else. */
public enum Isolation {
  /**
   * A network, processes and files of its own, through Linux namespaces: no connection, no file but
   * the system's programs and the interpreter, nothing to write but a bounded memory disk.
   */
  NAMESPACES,
  /**
   * Limits only: bounded time, memory, processes and file size, but the network and every file the
   * user can read are within reach. For containers that forbid namespaces and are fences enough.
   */
  LIMITS;

  /** The option of the command line that asks for {@link #LIMITS}. */
  public static final String OPTION = "--no-isolation";
}
