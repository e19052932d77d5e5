package dev.unmask.contract;

/** Carries a {@link Problem} up to the edge that tells the caller. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Wraps a problem. */
  public ProblemException(Problem problem) {
    super(problem.message());
    this.problem = problem;
  }

  /** The problem. */
  public Problem problem() {
    return problem;
  }
}
