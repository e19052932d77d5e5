package dev.unmask.worker.serving;

import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.serving.exchange.Looked;
import dev.unmask.worker.serving.steps.MadeStep;
import dev.unmask.worker.serving.steps.Mark;
import java.util.List;

/** Hears how one request gets on, from the request's thread: must be quick. */
public interface RequestWatch extends AutoCloseable {
  /** Does not listen. */
  RequestWatch NOBODY = new RequestWatch() {};

  /** Something that takes a while; closed when it is over, however it ends. */
  @FunctionalInterface
  interface Phase extends AutoCloseable {
    /** Of no interest. */
    Phase IGNORED = () -> {};

    @Override
    void close();
  }

  /** The request waits for a place. */
  default Phase waiting() {
    return Phase.IGNORED;
  }

  /** It looks up, and fetches, what others have of its state. */
  default Phase looking() {
    return Phase.IGNORED;
  }

  /**
   * What came of that; told before {@link #looking} is over.
   *
   * @param held leading positions that were on the device
   */
  default void looked(int held, List<Looked> looked) {}

  /** A step was made. */
  default void stepped(StepOutcome outcome, MadeStep made) {}

  /** What stands for the request where its steps are made. */
  default Mark mark() {
    return Mark.NONE;
  }

  /** The request is over, however it ended. */
  @Override
  default void close() {}
}
