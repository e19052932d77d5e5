package dev.unmask.client.evaluation.task;

import java.io.IOException;

/** A benchmark: how its file is read and what its questions ask. */
public sealed interface Task permits MiniTask, MiniCode, Gsm8k, Math500, HumanEval, Mbpp {
  /** The name on the command line. */
  String name();

  /** Solved examples before a question when nobody asks for another number. */
  int defaultShots();

  /** Tokens an answer is given when nobody asks for another number. */
  int generationLength();

  /** Whether grading runs the answers' code, so that {@link Source#grounds} is of use. */
  boolean runsCode();

  /**
   * Reads the questions. Records that cannot be read are told in the result; reading goes on.
   *
   * @throws IOException when a file cannot be read or nothing in it can be asked
   * @throws IllegalArgumentException when the source lacks what this benchmark needs
   */
  Items read(Source source) throws IOException;
}
