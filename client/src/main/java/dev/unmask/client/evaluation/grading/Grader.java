package dev.unmask.client.evaluation.grading;

/** Judges answers to one question. Safe for use by several threads. */
@FunctionalInterface
public interface Grader {
  /**
   * Judges one answer. A wrong, empty, endless or hostile answer is a wrong grade, never an error.
   *
   * @param answer what the model wrote, cut at the first stop string, without special tokens
   * @throws InterruptedException when the thread is interrupted; what was running is killed
   * @throws java.io.UncheckedIOException when the machine, not the answer, is at fault: a program
   *     could not be started
   */
  Grade grade(String answer) throws InterruptedException;
}
