package dev.unmask.client.evaluation.run;

import dev.unmask.client.evaluation.result.Result;

/** Told how an evaluation goes on. Called by many threads at once. */
public interface Progress {
  /** A contest begins. */
  void begins(String contest);

  /** A method is refused: its open questions will not be asked. */
  void refused(String method, String reason, int questions);

  /** Questions of a method were answered in an earlier session. */
  void skipped(int questions);

  /** One question is done. */
  void done(Result result);

  /** It is over, however it ended. */
  void ends();
}
