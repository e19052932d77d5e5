package dev.unmask.worker.serving.steps;

/**
 * What stands for a request or a forward to whoever made the mark; to all others it says nothing.
 */
public interface Mark {
  /** Stands for nothing. */
  Mark NONE = new Mark() {};
}
