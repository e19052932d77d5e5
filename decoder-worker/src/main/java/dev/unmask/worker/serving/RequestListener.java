package dev.unmask.worker.serving;

/** Who wants to know how requests get on. */
@FunctionalInterface
public interface RequestListener {
  /** Does not listen. */
  RequestListener NOBODY = _ -> RequestWatch.NOBODY;

  /** A request begins; called by its thread, which tells its watch everything that follows. */
  RequestWatch begins(Assignment assignment);
}
